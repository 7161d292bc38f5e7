"""Sections and passages: every character kept, nothing crossed, nothing too long, whatever the document looks like."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nova.knowledge.chunk import LONGEST, LONGEST_CHARS, chunks
from nova.knowledge.structure import law_of, sections, title_of
from nova.records import Block, Document, Page


def document(*pieces: tuple[str, str, int], title: str | None = None, media_type: str = "text/markdown") -> Document:
    """A document of (kind, text, level) pieces joined by blank lines."""
    text, blocks = "", []
    for kind, piece, level in pieces:
        start = len(text)
        text += piece
        if piece.strip():
            blocks.append(Block(kind, start, len(text), level))  # type: ignore[arg-type]
        text += "\n\n"
    return Document(text, media_type, title, tuple(blocks))


def plain(text: str) -> Document:
    return Document(text, "text/plain", "Satzung", (Block("paragraph", 0, len(text)),))


WORDS = st.lists(st.sampled_from(["Strom", "Gas.", "(1)", "Zähler", "a)", "Netz;", "1.", "x" * 90]), min_size=1, max_size=400).map(" ".join)
PIECE = st.one_of(
    st.tuples(
        st.just("heading"), st.sampled_from(["§ 1 Zweck", "§ 2a Frist", "Teil 1 - Allgemeines", "Kosten", "3.1 Messung"]), st.integers(1, 6)
    ),
    st.tuples(st.sampled_from(["paragraph", "list", "table", "code", "meta"]), WORDS, st.just(0)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECE, max_size=12))
def test_passages_cover_the_body_and_stay_in_bounds(pieces: list[tuple[str, str, int]]) -> None:
    doc = document(*pieces, title="Verordnung (TestV)")
    found = sections(doc)
    made = chunks(doc, found)
    covered: set[int] = set()
    for ordinal, chunk in enumerate(made):
        assert chunk.ordinal == ordinal
        assert chunk.text == doc.text[chunk.start : chunk.end]
        assert chunk.text.strip()
        assert len(chunk.text.split()) <= LONGEST + 30
        assert len(chunk.text) <= LONGEST_CHARS * 1.5
        covered.update(range(chunk.start, chunk.end))
    for block in doc.blocks:
        if block.kind not in ("heading", "meta"):
            assert all(at in covered or doc.text[at].isspace() for at in range(block.start, block.end))
    assert made == chunks(doc, sections(doc))


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECE, max_size=12))
def test_passages_do_not_overlap_and_lie_in_their_section(pieces: list[tuple[str, str, int]]) -> None:
    doc = document(*pieces)
    found = sections(doc)
    end = 0
    for chunk in chunks(doc, found):
        assert chunk.start >= end
        end = chunk.end
        section = found[chunk.section]
        assert section.start <= chunk.start
        assert chunk.end <= section.end or section.norm is None


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("aB §1.\n()Ö-"), max_size=600))
def test_any_plain_text_is_kept(text: str) -> None:
    doc = plain(text) if text.strip() else Document(text, "text/plain", None)
    made = chunks(doc, sections(doc))
    covered = {at for chunk in made for at in range(chunk.start, chunk.end)}
    lost = "".join(char for at, char in enumerate(text) if at not in covered and not char.isspace())
    headings = "".join(section.title for section in sections(doc))
    assert len(lost) <= len(headings) + text.count("§") * 40 + 200
    if "§" not in text and not any(char.isdigit() for char in text):
        assert lost == ""


def test_a_law_gives_its_tree() -> None:
    doc = document(
        ("heading", "Gesetz über Beispiele (BspG)", 1),
        ("heading", "Teil 1 - Allgemeines", 2),
        ("heading", "§ 1 Zweck", 3),
        ("paragraph", "(1) Zweck ist das Beispiel.", 0),
        ("heading", "§ 2 (weggefallen)", 3),
        ("heading", "Anlage 1 (zu § 1)", 2),
        ("paragraph", "Tabelle der Beispiele.", 0),
        title="Gesetz über Beispiele",
    )
    found = sections(doc)
    assert [(section.label, section.norm) for section in found] == [("§ 1", "bspg:1"), ("§ 2", "bspg:2"), ("Anlage 1", "bspg:anlage1")]
    assert found[0].path == ("Gesetz über Beispiele (BspG)", "Teil 1 - Allgemeines", "§ 1 Zweck")
    made = chunks(doc, found)
    assert [chunk.text for chunk in made] == ["(1) Zweck ist das Beispiel.", "§ 2 (weggefallen)", "Tabelle der Beispiele."]


def test_known_laws_get_their_common_key() -> None:
    doc = document(
        ("heading", "Gesetz über den Messstellenbetrieb (MessbG)", 1), ("heading", "§ 29 Ausstattung", 2), ("paragraph", "Text.", 0)
    )
    assert law_of(doc) == "msbg"
    assert title_of(doc).endswith("(MessbG)")
    assert sections(doc)[0].norm == "msbg:29"


def test_provisions_without_marked_headings_are_found_and_references_are_not() -> None:
    text = (
        "§ 1 Bilanzkreis\nJeder Lieferant führt einen Bilanzkreis. Das gilt auch nach\n§ 12 Absatz 2 Satz 1 dieser Ordnung.\n\n"
        "§ 2 Fristen\nDie Frist beträgt zwei Wochen.\n\n§ 3 Kosten\nDie Kosten trägt der Kunde."
    )
    found = sections(plain(text))
    assert [section.label for section in found] == ["§ 1", "§ 2", "§ 3"]
    assert found[1].norm == "satzung:2"
    made = chunks(plain(text), found)
    assert "§ 12 Absatz 2" in made[0].text
    assert made[1].text == "Die Frist beträgt zwei Wochen."


def test_numbered_headings_of_a_manual_are_found() -> None:
    text = "1 Einleitung\nWir beschreiben die Messung.\n\n1.1 Geräte\nEs gibt drei Geräte.\n\n1.2 Wartung\nDie Wartung ist jährlich."
    assert [section.label for section in sections(plain(text))][-2:] == ["1.1", "1.2"]


def test_tiny_neighbours_share_a_passage_and_keep_their_sections() -> None:
    doc = document(
        ("heading", "Handbuch", 1),
        ("heading", "Telefon", 2),
        ("paragraph", "Durchwahl 12.", 0),
        ("heading", "Fax", 2),
        ("paragraph", "Durchwahl 13.", 0),
        title="Handbuch",
    )
    found = sections(doc)
    made = chunks(doc, found)
    assert len(found) == 2
    assert len(made) == 1
    holder = [section for section in found if section.start <= doc.text.index("Durchwahl 13")][-1]
    assert holder.title == "Fax"


def test_long_provisions_are_cut_at_their_paragraphs() -> None:
    paragraphs = [("paragraph", f"({n}) " + "Der Betreiber muss messen und melden. " * 15, 0) for n in range(1, 5)]
    doc = document(("heading", "Gesetz (XyG)", 1), ("heading", "§ 1 Pflichten", 2), *paragraphs)
    made = chunks(doc, sections(doc))
    assert len(made) > 1
    assert all(chunk.text.startswith("(") for chunk in made)


def test_footnotes_do_not_enter_passages() -> None:
    note = "[^F1]: " + "Amtlicher Hinweis auf eine Bekanntmachung. " * 4
    doc = document(("heading", "§ 1 Zweck", 2), ("paragraph", "Erster Absatz.", 0), ("meta", note, 0), ("paragraph", "Zweiter Absatz.", 0))
    assert [chunk.text for chunk in chunks(doc, sections(doc))] == ["Erster Absatz.", "Zweiter Absatz."]


def test_passages_know_their_pages() -> None:
    text = "Seite eins ist kurz.\n\nSeite zwei folgt."
    doc = Document(
        text, "application/pdf", "Plan", (Block("paragraph", 0, 20), Block("paragraph", 22, 39)), (Page(1, 0, 21), Page(2, 21, 39))
    )
    (chunk,) = chunks(doc, sections(doc))
    assert (chunk.page_from, chunk.page_to) == (1, 2)
