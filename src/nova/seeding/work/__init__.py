"""What is done with the records of a run: cleaned, judged, handed to another process."""
