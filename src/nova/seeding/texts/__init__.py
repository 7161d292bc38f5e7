"""What texts say: words and their spellings, who does what, what stands around a text."""
