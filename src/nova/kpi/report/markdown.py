"""Cells in, a Markdown table out, for German readers; a bar or a line break in a cell does not end it, and nothing in it acts."""

from collections.abc import Iterable, Sequence

from nova.language.inert import inert_name


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A table with a heading; every line ends with a line break."""
    lines = [[_cell(value) for value in head], ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return inert_name(str(value)).replace("|", "\\|")
