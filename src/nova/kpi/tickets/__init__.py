"""What is to be done about a figure: triage, tickets, their history and measured effect."""
