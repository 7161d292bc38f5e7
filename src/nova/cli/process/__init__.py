"""A Nova in this process: who owns the data folder, how it serves, when it cleans up."""
