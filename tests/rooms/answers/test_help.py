"""Help, starters and names in Luna's words."""

import pytest

from nova.answers.ask import Question, ask
from nova.answers.help import context, page_of, pages
from nova.answers.passages.name import place_name, short_title, shortened
from nova.answers.passages.starters import COUNT, heading_question, starters
from nova.answers.understand.wanted import MONEY, wanted_units
from tests.rooms.answers.shelf import laws


@pytest.mark.parametrize(
    ("route", "page"),
    [
        ("/fragen", "/fragen"),
        ("/admin/korpus", "/korpus"),
        ("/admin/korpus/123?x=1#y", "/korpus"),
        ("/Fragen/", "/fragen"),
        ("/admin", "/betrieb"),
        ("/gibt/es/nicht", "/"),
        ("", "/"),
    ],
)
def test_every_route_has_help(route: str, page: str) -> None:
    assert page_of(route).route == page


def test_irony_can_be_switched_off() -> None:
    page = pages()["/fragen"]
    assert page.wit in context("/fragen")["text"]
    assert page.wit not in context("/fragen", tone="sachlich")["text"]
    assert set(context("/fragen")) == {"route", "title", "text", "steps", "related_questions"}


def headings() -> list[dict[str, object]]:
    shelf = laws().shelf
    return [
        {"document": held.document, "label": held.text.label, "title": held.text.title, "norm": held.text.norm}
        for held in shelf.parts.values()  # type: ignore[attr-defined]
    ]


def test_starters_are_questions_luna_can_answer() -> None:
    questions = starters(headings())
    assert len(questions) == len(set(questions)) == COUNT
    assert questions == starters(headings())
    for question in questions:
        assert ask(laws(), Question(question)).status == "answered", question


def test_no_headings_no_starters() -> None:
    assert starters([]) == []


def test_headings_become_questions() -> None:
    of_a_law = heading_question("§ 17", "§ 17 Zahlung, Verzug", "Verordnung (StromGVV)", "stromgvv:17")
    assert of_a_law == "Was regelt § 17 StromGVV zu „Zahlung, Verzug“?"
    assert heading_question("", "Ladesäule", "Hausordnung", None) == "Was steht in „Hausordnung“ zu „Ladesäule“?"
    assert heading_question("", "Hausordnung", "Hausordnung", None) == "Worum geht es in „Hausordnung“?"
    hostile = heading_question("", "![x](http://evil/x.png)", "Datei <script>", None)
    assert hostile is not None
    assert "](" not in hostile
    assert "<script" not in hostile


@pytest.mark.parametrize(
    ("title", "short"),
    [("Gesetz über die Energie (EnWG 2005)", "EnWG"), ("Verordnung (StromGVV)", "StromGVV"), ("Bericht (Entwurf)", "Bericht (Entwurf)")],
)
def test_short_titles(title: str, short: str) -> None:
    assert short_title(title) == short


def test_long_titles_end_at_a_word() -> None:
    assert shortened("wort " * 40).endswith("wort …")


def test_places_have_names() -> None:
    held = next(one for one in laws().shelf.parts.values() if one.text.norm == "stromgvv:17")  # type: ignore[attr-defined]
    assert place_name(held) == "§ 17 StromGVV"


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Wie viel Cent gibt es?", "cent"),
        ("Was kostet der Wechsel?", "euro"),
        ("Wie viele Wochen vorher?", "woche"),
        ("Welcher Anteil ist nach Verbrauch zu verteilen?", "prozent"),
        ("Wie weit reicht die Zone?", "meter"),
        ("Ab welchem Verbrauch gilt das?", "kilowattstunde"),
    ],
)
def test_units_asked_for(question: str, unit: str) -> None:
    assert unit in wanted_units(question)


def test_no_unit_is_asked_for() -> None:
    assert not wanted_units("Darf der Netzbetreiber das?")
    assert "euro" in MONEY
