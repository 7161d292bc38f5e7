"""What people do and how they judge answers: events, feedback, counts. Texts are redacted before they are stored."""
