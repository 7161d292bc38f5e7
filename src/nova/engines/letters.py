"""A letter in, a Word file out: a draft with the answer's sentences, each with the number of what it rests on, and these words below.

Where the letter needs what Nova does not keep (name, address, reference), a placeholder in square brackets stands.
"""

import io
import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from nova.ports.letters import Letter

if TYPE_CHECKING:
    from docx.document import Document

MARK = re.compile(r"\s*\[(chunk|data) ([0-9a-f-]+)\]")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML 1.0 cannot hold
FONT, SIZE = "Arial", 11
DRAFT = "Entwurf. Bitte prüfen, ergänzen und diese Zeile löschen."
OPENING = "Sehr geehrte Damen und Herren,"
THANKS = "vielen Dank für Ihr Schreiben. Gern beantworten wir Ihre Frage."
CLOSING = "Für Rückfragen stehen wir Ihnen gern zur Verfügung.\n\nMit freundlichen Grüßen"
LONGEST_QUOTE = 1_200


class WordLetters:
    """The `LetterWriter` engine for Word (Office Open XML)."""

    def write(self, letter: Letter) -> bytes:
        """The file."""
        import docx  # takes 0.1 s, and letters are written rarely

        document = docx.Document()
        _page(document, letter)
        for line in (letter.company, "", "[Name]", "[Straße und Hausnummer]", "[PLZ und Ort]", "", f"[Ort], den {letter.day:%d.%m.%Y}"):
            document.add_paragraph(_fit(line))
        document.add_paragraph().add_run(_fit(_subject(letter.question))).bold = True
        document.add_paragraph(OPENING)
        document.add_paragraph(THANKS)
        numbers = {quote.token: quote.number for quote in letter.quotes}
        for line in letter.answer.splitlines():
            if line.strip():
                _sentence(document, line.strip(), numbers)
        for line in CLOSING.split("\n\n"):
            document.add_paragraph(line)
        document.add_paragraph(_fit(letter.signed or "[Name]"))
        document.add_paragraph(_fit(letter.company))
        _sources(document, letter)
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def _page(document: "Document", letter: Letter) -> None:
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(6)
    section.header.paragraphs[0].text = DRAFT
    made = datetime.combine(letter.day, time(), UTC)
    core = document.core_properties
    core.author, core.title, core.created, core.modified, core.last_modified_by = letter.company, "Antwortschreiben", made, made, ""


def _subject(question: str) -> str:
    return f"Ihre Frage: {question}" if question else "Ihre Anfrage vom [Datum]"


def _sentence(document: "Document", line: str, numbers: dict[str, int]) -> None:
    """A line of the answer; its tokens become small raised numbers."""
    paragraph, end = document.add_paragraph(), 0
    for mark in MARK.finditer(line):
        paragraph.add_run(_fit(line[end : mark.start()]))
        if mark[1] == "chunk" and mark[2] in numbers:
            paragraph.add_run(f" {numbers[mark[2]]}").font.superscript = True
        end = mark.end()
    paragraph.add_run(_fit(line[end:]))


def _sources(document: "Document", letter: Letter) -> None:
    if not letter.quotes:
        return
    document.add_paragraph().add_run("Worauf sich diese Antwort stützt").bold = True
    for quote in letter.quotes:
        paragraph = document.add_paragraph()
        paragraph.add_run(_fit(f"{quote.number}  {quote.title}, {quote.place}: " if quote.place else f"{quote.number}  {quote.title}: "))
        words = " ".join(quote.text.split())
        cut = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        paragraph.add_run(_fit(f"„{cut}“")).italic = True


def _fit(text: str) -> str:
    return UNFIT.sub("", text)
