"""PPTX -> one page a slide: its title as heading, its shapes in reading order, tables as rows, the speaker's notes."""

import io
from collections.abc import Iterator
from typing import Any

import pptx
from pptx.exc import PythonPptxError

from nova.engines.extract.package import damaged
from nova.engines.extract.writer import Writer, one_line
from nova.records import Document

MAX_SLIDES = 2_000
MAX_DEPTH = 8


def read_pptx(data: bytes, filename: str) -> Document:
    """The document; hidden slides are read as well."""
    writer = Writer("application/vnd.openxmlformats-officedocument.presentationml.presentation")
    with damaged(filename, "keine gültige Präsentation", PythonPptxError):
        show = pptx.Presentation(io.BytesIO(data))
        for number, slide in enumerate(show.slides, start=1):
            if number > MAX_SLIDES:
                writer.warnings.append(f"Gelesen wurden die ersten {MAX_SLIDES} Folien.")
                break
            writer.page(number)
            _slide(writer, slide, number)
        title = one_line(getattr(show.core_properties, "title", None) or "")  # a part of a foreign kind has none
    poor = len(title) < 4 or title.lower() in ("powerpoint presentation", "powerpoint-präsentation")
    return writer.document(writer.first_heading if poor else title)


def _slide(writer: Writer, slide: Any, number: int) -> None:
    title = slide.shapes.title
    words = one_line(title.text_frame.text) if title is not None and title.has_text_frame else ""
    writer.heading(1 if number == 1 else 2, words or f"Folie {number}")
    for shape in sorted(_flat(slide.shapes, 0), key=_place):
        if title is None or shape.shape_id != title.shape_id:
            _shape(writer, shape)
    notes = _notes(slide)
    if notes.strip():
        writer.paragraph(f"Notizen: {notes}")


def _shape(writer: Writer, shape: Any) -> None:
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            writer.row([cell.text for cell in row.cells if not cell.is_spanned])
    elif shape.has_text_frame:
        _frame(writer, shape)


def _notes(slide: Any) -> str:
    """What the speaker noted below a slide; "" for nothing."""
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return "" if frame is None else str(frame.text)


def _flat(shapes: Any, depth: int) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < MAX_DEPTH:
            yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _place(shape: Any) -> tuple[int, int]:
    return (shape.top or 0) // 200_000, shape.left or 0


def _frame(writer: Writer, shape: Any) -> None:
    paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
    for paragraph in paragraphs:
        if len(paragraphs) > 1 or paragraph.level:
            writer.item(paragraph.text, "-", min(MAX_DEPTH, paragraph.level))
        else:
            writer.paragraph(paragraph.text)
