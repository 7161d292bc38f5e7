"""What editors do about questions that were not answered, and how that is measured."""
