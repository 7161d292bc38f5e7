"""A stored context in, its passages out: a JSON list of texts, numbered passages ("[1] ..."), or one text."""

import json
import re

_NUMBERED = re.compile(r"(?m)^\s*\[(\d{1,2})\]\s+")


def contexts(text: str) -> list[str]:
    """The passages in order; none of an empty context."""
    plain = text.strip()
    if (listed := _listed(plain)) is not None:
        return listed
    marks = list(_NUMBERED.finditer(plain))
    if marks and not marks[0].start() and [int(one[1]) for one in marks] == list(range(1, len(marks) + 1)):
        ends = [*(one.start() for one in marks[1:]), len(plain)]
        return [plain[one.end() : end].strip() for one, end in zip(marks, ends, strict=True)]
    return [plain] if plain else []


def _listed(text: str) -> list[str] | None:
    """The texts of a JSON list; None where it is none."""
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return [one for one in found if isinstance(one, str) and one.strip()] if isinstance(found, list) else None
