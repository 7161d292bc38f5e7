"""Rules over readings, tariff and prices, what they recommend, and what people decide of it."""
