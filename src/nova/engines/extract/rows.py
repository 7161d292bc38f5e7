"""Rows of cells -> lines that read alone (`Zähler: 12; Ort: Ulm`), with the first full row as the names of the columns."""

from collections.abc import Iterable, Sequence

from nova.engines.extract.writer import Writer, one_line

MAX_ROWS = 50_000
MAX_CELLS = 200
MAX_CELL_CHARS = 2_000


def add_rows(writer: Writer, rows: Iterable[Sequence[str]], name: str) -> None:
    """Write a table's rows; rows, cells and characters beyond the caps are counted and named in a warning."""
    header: list[str] | None = None
    written = cut = 0
    for row in rows:
        cells = _cells(row)
        cut += sum(bool(cell) for cell in row[MAX_CELLS:])
        if not cells:
            continue
        if header is None:
            header = _begin(writer, cells, alone=len(row) == 1)
            continue
        if written >= MAX_ROWS:
            writer.warnings.append(f"„{name}“ hat mehr als {MAX_ROWS} Zeilen; die übrigen wurden nicht gelesen.")
            break
        _row(writer, header, cells)
        written += 1
    if cut:
        writer.warnings.append(f"„{name}“ ist breiter als {MAX_CELLS} Spalten; {cut} Zellen wurden nicht gelesen.")


def _cells(row: Sequence[str]) -> list[str]:
    """The words of a row's cells, without empty ones at its end."""
    cells = [one_line(cell[: 2 * MAX_CELL_CHARS])[:MAX_CELL_CHARS] for cell in row[:MAX_CELLS]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _begin(writer: Writer, cells: list[str], *, alone: bool) -> list[str] | None:
    """Write a row above the others: the columns' names, which are given back, or a caption (the only filled one of several cells)."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and not alone:
        writer.paragraph(filled[0])
        return None
    if not any(_number(cell) for cell in cells):
        writer.row(cells)
        return cells
    header = [f"Spalte {number}" for number in range(1, len(cells) + 1)]
    _row(writer, header, cells)
    return header


def _number(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").replace("-", "").isdecimal()


def _row(writer: Writer, header: Sequence[str], cells: Sequence[str]) -> None:
    pairs = []
    for position, cell in enumerate(cells):
        if cell:
            column = header[position] if position < len(header) else ""
            pairs.append(f"{column}: {cell}" if column else cell)
    writer.add("table", "; ".join(pairs))
