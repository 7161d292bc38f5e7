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
        cells = [one_line(cell[: 2 * MAX_CELL_CHARS])[:MAX_CELL_CHARS] for cell in row[:MAX_CELLS]]
        cut += sum(bool(cell) for cell in row[MAX_CELLS:])
        while cells and not cells[-1]:
            cells.pop()
        filled = sum(bool(cell) for cell in cells)
        if not filled:
            continue
        if header is None:
            if filled == 1 and len(row) > 1:
                writer.paragraph(next(cell for cell in cells if cell))
                continue
            header = cells
            if any(_number(cell) for cell in cells):
                header = [f"Spalte {number}" for number in range(1, len(cells) + 1)]
                _row(writer, header, cells)
            else:
                writer.row(header)
            continue
        if written >= MAX_ROWS:
            writer.warnings.append(f"„{name}“ hat mehr als {MAX_ROWS} Zeilen; die übrigen wurden nicht gelesen.")
            break
        _row(writer, header, cells)
        written += 1
    if cut:
        writer.warnings.append(f"„{name}“ ist breiter als {MAX_CELLS} Spalten; {cut} Zellen wurden nicht gelesen.")


def _number(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").replace("-", "").isdecimal()


def _row(writer: Writer, header: Sequence[str], cells: Sequence[str]) -> None:
    pairs = []
    for position, cell in enumerate(cells):
        if cell:
            column = header[position] if position < len(header) else ""
            pairs.append(f"{column}: {cell}" if column else cell)
    writer.add("table", "; ".join(pairs))
