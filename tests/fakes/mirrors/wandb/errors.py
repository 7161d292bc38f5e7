class Error(Exception):
    """What it raises where its server is away."""
