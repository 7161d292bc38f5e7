"""What a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.questions import asks_a_term, question_type

TERMS = ("Messstellenbetreiber", "Schnellladepunkt", "Grundversorgung", "moderne Messeinrichtung", "Letztverbraucher", "Münzzähler")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bis wann muss der Bericht vorliegen?", "deadline"),
        ("Wie viele Wochen haben wir dafür Zeit?", "deadline"),
        ("Welche Frist gilt bei Umzug?", "deadline"),
        ("Wie hoch ist die Stromsteuer?", "amount"),
        ("Ab welcher Leistung zahlt man einen Zuschuss?", "amount"),
        ("Was ist ein Mehrwertdienst?", "definition"),
        ("Wer haftet für den Schaden?", "who"),
        ("Darf der Versorger den Strom abstellen?", "whether"),
        ("Säumiger Kunde: Können wir einen Münzzähler setzen?", "whether"),
        ("Wie läuft der Wechsel ab?", "how"),
        ("Zählertausch", "other"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert question_type(text) == kind


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize(
    "frame",
    [
        "Was ist ein {}?",
        "und was ist eigentlich eine {}?",
        "Wer ist {}?",
        "Was sind {}?",
        "Was bedeutet {} genau?",
        "was heisst denn {}",
        "Was ist mit {} gemeint?",
        "Was versteht man unter einer {}?",
        "Definition des {}",
        "Was ist ein {} im EEG?",
    ],
)
def test_a_term_is_asked_for(frame: str, term: str) -> None:
    assert asks_a_term(frame.format(term))


@pytest.mark.parametrize(
    "text",
    [
        "Was ist, wenn ich nicht zahle?",
        "Was ist bei einem Umzug zu tun?",
        "Was ist mit meinem Vertrag?",
        "Wer ist mein Grundversorger?",
        "Wer ist für den Zähler zuständig?",
        "Was ist verboten?",
        "Was sind die Folgen, wenn ich die Rechnung nicht zahle?",
        "Was ist ein Messstellenbetreiber und was darf er dafür verlangen?",
        "Was kostet ein Messstellenbetreiber?",
        "Wie wird man Messstellenbetreiber?",
        "Messstellenbetreiber",
        "Was ist?",
        "",
    ],
)
def test_what_asks_for_more_or_something_else_asks_for_no_term(text: str) -> None:
    assert not asks_a_term(text)


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_may_ask_for_a_term(text: str) -> None:
    assert question_type(text)
    assert asks_a_term(text) == asks_a_term(f"  {text} ?!")


@given(st.lists(st.sampled_from(("und", "was", "ist", "ein", "unter", "mit", "versteht", "wenn", "a")), max_size=400))
def test_words_that_repeat_are_read(words: list[str]) -> None:
    text = " ".join(words)
    assert question_type(text)
    assert not asks_a_term(text) or len(text) < 200
