class MlflowException(Exception):
    """What the client raises for all that goes wrong."""
