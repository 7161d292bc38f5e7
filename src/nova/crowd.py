"""How many people must be behind what is told of people: fewer than five are not told of, in no figure, list, label or count.

A company's own operational figures (jobs, disk, documents of its own) are not told of people and need nobody behind them.
"""

from collections.abc import Collection

FEWEST = 5
TOO_FEW = "zu wenige Personen"


def enough(people: int | Collection[object]) -> bool:
    """Whether that many people (or these, each once) may be told of together."""
    return (people if isinstance(people, int) else len(set(people))) >= FEWEST
