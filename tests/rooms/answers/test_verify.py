"""Draft sentences against their sources."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.check.cite import LONGEST_QUOTE, Ledger
from nova.answers.check.verify import Draft, Source, check, clean, split_references
from nova.answers.compose.compose import sources_of
from nova.language.figures import missing
from nova.records import Sentence
from tests.rooms.answers.shelf import ANALYSER, reading_of

METER = reading_of(
    "Spätestens drei Monate vor der Ausstattung der Messstelle sind die betroffenen Anschlussnutzer zu informieren. "
    "Für den Wechsel des Messstellenbetreibers darf kein gesondertes Entgelt erhoben werden.\n\n"
    "Ein intelligentes Messsystem ist ab einem Jahresstromverbrauch über 6 000 Kilowattstunden einzubauen."
)
SUPPLY = reading_of("Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden.", title="Verordnung")
SOURCES = sources_of([METER, SUPPLY])


def checked(text: str, *refs: str) -> tuple[Sentence | None, Ledger]:
    ledger = Ledger()
    return check(Draft(text, refs), SOURCES, ledger, ANALYSER), ledger


def test_a_true_sentence_is_cited_with_its_exact_words() -> None:
    claim = "Die Anschlussnutzer sind spätestens 3 Monate vor der Ausstattung der Messstelle zu informieren."
    sentence, ledger = checked(claim, "a1")
    assert sentence == Sentence(claim, (1,), True)
    citation = ledger.citations[0]
    text = METER.held.text.text
    assert citation.quote == text[citation.start : citation.end]
    assert "drei Monate" in citation.quote
    assert len(citation.quote) <= LONGEST_QUOTE


def test_a_wrong_reference_is_put_right() -> None:
    sentence, ledger = checked("Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden.", "a1")
    assert sentence is not None
    assert sentence.checked
    assert ledger.citations[0].title == "Verordnung"


def test_unknown_ids_fall_away() -> None:
    draft = split_references("Der Vertrag kann gekündigt werden [chunk zz9] [chunk b1].", ["a1", "b1"])
    assert draft == Draft("Der Vertrag kann gekündigt werden.", ("zz9", "b1"))
    sentence = check(draft, SOURCES, Ledger(), ANALYSER)
    assert sentence is not None
    assert "chunk" not in sentence.text


@pytest.mark.parametrize(
    "lie",
    [
        "Die Anschlussnutzer sind spätestens sechs Monate vor der Ausstattung der Messstelle zu informieren.",
        "Ein intelligentes Messsystem ist ab einem Jahresstromverbrauch über 60.000 Kilowattstunden einzubauen.",
        "Ein intelligentes Messsystem ist ab einem Jahresstromverbrauch über 6.000 Euro einzubauen.",
        "Ein intelligentes Messsystem ist bis zu einem Jahresstromverbrauch von höchstens 6.000 kWh einzubauen.",
        "Für den Wechsel des Messstellenbetreibers darf ein gesondertes Entgelt erhoben werden.",
        "Der Grundversorgungsvertrag kann nicht mit einer Frist von zwei Wochen gekündigt werden.",
        "Der Grundversorgungsvertrag muss mit einer Frist von zwei Wochen gekündigt werden.",
        "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen bis zum 31. Dezember 2024 gekündigt werden.",
        "Apfelkuchen wird bei mittlerer Hitze gebacken.",
    ],
)
def test_what_the_sources_do_not_say_is_not_said(lie: str) -> None:
    sentence, ledger = checked(lie, "a1", "b1")
    assert sentence is None
    assert not ledger.citations


@pytest.mark.parametrize("number", ["6000", "6 000", "6.000", "6\u00a0000"])
def test_spelling_of_numbers_does_not_matter(number: str) -> None:
    sentence, _ = checked(f"Ein intelligentes Messsystem ist ab einem Jahresstromverbrauch über {number} kWh einzubauen.", "a1")
    assert sentence is not None
    assert sentence.checked


def test_half_a_proof_is_marked() -> None:
    claim = "Der Grundversorgungsvertrag kann mit Frist gekündigt werden, am einfachsten schriftlich beim Kundenservice."
    sentence, ledger = checked(claim, "b1")
    assert sentence is not None
    assert not sentence.checked
    assert sentence.citations == ()
    assert not ledger.citations


def test_two_sources_may_prove_one_sentence() -> None:
    text = (
        "Die Anschlussnutzer sind drei Monate vor der Ausstattung zu informieren, "
        "und der Grundversorgungsvertrag kann mit zwei Wochen Frist gekündigt werden."
    )
    sentence, ledger = checked(text, "a1", "b1")
    assert sentence is not None
    assert len(sentence.citations) == 2
    assert {citation.title for citation in ledger.citations} == {"Handbuch", "Verordnung"}


def test_the_same_quote_has_one_number() -> None:
    ledger = Ledger()
    text = "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden."
    first = check(Draft(text), SOURCES, ledger, ANALYSER)
    second = check(Draft("Die Frist für die Kündigung des Grundversorgungsvertrags: zwei Wochen."), SOURCES, ledger, ANALYSER)
    assert first is not None
    assert second is not None
    assert first.citations == second.citations == (1,)


def test_models_words_lose_everything_that_could_act() -> None:
    dirty = '## **Kurz**: <img src="http://x/y.png" onerror=alert(1)> ![p](http://x/p.png) siehe [hier](https://x) `code` http://x.de/a'
    assert clean(dirty) == "Kurz: siehe hier code x.de/a"


@given(st.integers(min_value=2, max_value=99), st.sampled_from(["Wochen", "Monate", "Jahre"]))
def test_no_figure_passes_that_the_quote_lacks(count: int, unit: str) -> None:
    sentence, ledger = checked(f"Der Grundversorgungsvertrag kann mit einer Frist von {count} {unit} gekündigt werden.", "b1")
    if sentence is not None and sentence.checked:
        assert not missing(sentence.text, " ".join(citation.quote for citation in ledger.citations))
    assert (sentence is not None and sentence.checked) == (count == 2 and unit == "Wochen")


@given(st.text(max_size=300))
def test_any_draft_is_judged(text: str) -> None:
    draft = split_references(text, ["a1"])
    sentence = check(draft, SOURCES, Ledger(), ANALYSER)
    assert sentence is None or "[chunk" not in sentence.text


def test_checking_takes_linear_time() -> None:
    long = reading_of("Der Netzbetreiber informiert den Kunden über die Messstelle. " * 1500)
    sources: list[Source] = sources_of([long])
    begun = time.perf_counter()
    check(Draft("Der Netzbetreiber informiert den Kunden. " * 40), sources, Ledger(), ANALYSER)
    split_references("[" * 50_000 + "chunk " * 5_000, ["a1"])
    clean("<" * 50_000 + "[a](" * 10_000)
    assert time.perf_counter() - begun < 6
