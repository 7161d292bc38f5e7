"""Folded text in, a view out in which every cell of a table stands behind its column's head ("Geb.: 11.07.73"); None without a table.

A table is a line of heads and lines of as many cells, parted by semicolons, bars or tabs (two blanks, see `fold`).
"""

import re

from nova.privacy.fold import View

LINE = re.compile(r"[^\n]+")
SIGNS = (";", "|", "  ")
FEWEST_CELLS, LONGEST_HEAD, MOST_LINES, MOST_HEADS = 3, 32, 2000, 12
HEADS = re.compile(
    r"name|mieter|kunde|geb|zähler|malo|melo|iban|steuer|vertrag|adress|anschrift|straße|telefon|mail|bewohner|gesellschafter|ausweis|kennz",
    re.IGNORECASE,
)


def by_columns(text: str) -> View | None:
    """The view with heads before cells."""
    lines = list(LINE.finditer(text))[:MOST_LINES]
    for number, line in enumerate(lines[: min(MOST_HEADS, len(lines) - 1)]):
        for sign in SIGNS:
            heads = line.group().split(sign)
            if (
                len(heads) >= FEWEST_CELLS
                and all(len(head) <= LONGEST_HEAD for head in heads)
                and HEADS.search(line.group())
                and not re.search(r"\d{4}", line.group())
            ):
                rows = [one for one in lines[number + 1 :] if one.group().count(sign) == len(heads) - 1]
                if rows:
                    return _view(text, heads, rows, sign)
    return None


def _view(text: str, heads: list[str], rows: list[re.Match[str]], sign: str) -> View:
    """Heads stand at the place where their cell begins."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for row in rows:
        at = row.start()
        for head, cell in zip(heads, row.group().split(sign), strict=True):
            lead = f"{head.strip()}: "
            value = cell + "\n"
            pieces.append(lead + value)
            starts.extend([at] * len(lead))
            ends.extend([at + 1] * len(lead))
            starts.extend(min(place, len(text) - 1) for place in range(at, at + len(value)))
            ends.extend(min(place + 1, len(text)) for place in range(at, at + len(value)))
            at += len(cell) + len(sign)
    return View("".join(pieces), starts, ends)
