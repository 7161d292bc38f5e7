"""Commands that start, stop, watch, save and restore an installation."""
