"""Who somebody is here, what they agreed to, and their rights."""
