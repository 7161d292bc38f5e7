"""What crosses the training room and another."""
