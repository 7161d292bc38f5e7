"""Nova: the local, on-premise data flywheel of an energy company. Luna answers, and every sentence is cited."""

__version__ = "0.1.0"
