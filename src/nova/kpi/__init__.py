"""What people do and how they judge it in, measured quality out: KPIs, thresholds, alerts, tickets, and what is learned with its ledger."""
