"""What the data say as German sentences, each with the facts whose numbers it says."""
