"""Commands about measured quality, alerts, review and what is learned."""
