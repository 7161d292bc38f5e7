"""The example data of a Stadtwerk that does not exist: tables with planted faults, and the truth about them."""

from nova.seeding.sample.make import Sample, make

__all__ = ["Sample", "make"]
