"""A folder of laws as Markdown in, `docs/samples` out: some as they are, and one each as sample.pdf, sample.docx and sample.md.

    python scripts/samples.py LAWS_FOLDER [FONT_FOLDER]

Laws are in the public domain (§ 5 UrhG). Run once by hand when the samples should change; needs the `dev` extra and the Liberation fonts.
"""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs" / "samples"
WHOLE = ("stromgvv", "nav", "messbg", "heizkostenv", "avbfernwaermev")
AS_PDF, AS_DOCX, AS_MARKDOWN = "lsv", "kav", "geig"
DAY = datetime(2022, 3, 1, tzinfo=UTC)
HEADING = re.compile(r"(#{1,6}) +(.+)")


@dataclass(frozen=True)
class Piece:
    """A heading (level 1-6) or a paragraph (level 0); `indent` counts list depth."""

    level: int
    text: str
    indent: int = 0


def pieces(markdown: str) -> list[Piece]:
    """Headings and re-flowed paragraphs of one law, without front matter, footnotes and escapes."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^\[\^[^\]]+\]:.*\n(?:    .*\n)*", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[\^[^\]]+\]|\\(?=[.\-*_#\[\]()])", "", body)
    found = []
    for block in re.split(r"\n\s*\n", body):
        if not block.strip():
            continue
        heading = HEADING.fullmatch(" ".join(block.split()))
        if heading:
            found.append(Piece(len(heading.group(1)), heading.group(2)))
        else:
            indent = (len(block.strip("\n")) - len(block.strip("\n").lstrip(" "))) // 4
            found.append(Piece(0, " ".join(block.split()), indent))
    return found


def write_pdf(law: list[Piece], path: Path, fonts: Path) -> None:
    """A PDF of A4 pages with numbered feet."""
    from fpdf import FPDF

    class Pages(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Sans", size=8)
            self.cell(0, 10, f"Seite {self.page_no()}", align="C")

    pdf = Pages(format="A4")
    pdf.set_creation_date(DAY)
    pdf.set_title(law[0].text)
    pdf.set_lang("de-DE")
    pdf.add_font("Sans", "", fonts / "LiberationSans-Regular.ttf")
    pdf.add_font("Sans", "B", fonts / "LiberationSans-Bold.ttf")
    pdf.set_margins(25, 22, 25)
    pdf.add_page()
    for piece in law:
        size = {1: 15, 2: 13, 3: 12}.get(piece.level, 10.5)
        pdf.set_font("Sans", "B" if piece.level else "", size)
        pdf.set_x(25 + 8 * piece.indent)
        pdf.multi_cell(0, size * 0.52, piece.text, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(2.5)
    pdf.output(str(path))


def write_docx(law: list[Piece], path: Path) -> None:
    """A Word file with real heading styles."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    document.core_properties.title = law[0].text
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = DAY
    document.core_properties.language = "de-DE"
    for piece in law:
        if piece.level:
            document.add_heading(piece.text, piece.level)
        else:
            document.add_paragraph(piece.text).paragraph_format.left_indent = Cm(piece.indent)
    document.save(str(path))


def main(laws: Path, fonts: Path) -> None:
    """Write all samples."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in WHOLE:
        (TARGET / f"{name}.md").write_bytes((laws / f"{name}.md").read_bytes())
    (TARGET / "sample.md").write_bytes((laws / f"{AS_MARKDOWN}.md").read_bytes())
    write_pdf(pieces((laws / f"{AS_PDF}.md").read_text("utf-8")), TARGET / "sample.pdf", fonts)
    write_docx(pieces((laws / f"{AS_DOCX}.md").read_text("utf-8")), TARGET / "sample.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/fonts/truetype/liberation"))
