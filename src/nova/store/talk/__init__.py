"""Answers, conversations, and what people did with them."""
