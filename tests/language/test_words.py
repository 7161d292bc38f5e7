"""Fold, stems, compounds and spelling: what must meet meets, what must stay apart stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.analyser import Analyser
from nova.language.fold import fold, tokens, words
from nova.language.spelling import Speller, edits
from nova.language.stems import is_light, is_stop, stem


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Straßenlaterne", "STRASSENLATERNE"),
        ("Zähler", "Zaehler"),
        ("Zähler", "Za\u0308hler"),
        ("Mess\u00adstelle", "Messstelle"),
        ("6 000", "6.000"),
        ("6\u202f000", "6000"),
        ("kWh", "Kilowattstunden"),
        ("drei", "3"),
        ("%", "Prozent"),
    ],
)
def test_spellings_of_one_word_meet(left: str, right: str) -> None:
    assert words(left) == words(right)


def test_numbers_keep_their_decimals_and_letters() -> None:
    assert words("§ 14a kostet 4,6 Cent um 14.30 Uhr, 2,5-fach") == ["14a", "kostet", "4,6", "cent", "um", "14", "30", "uhr", "2,5", "fach"]


@given(st.text(max_size=300))
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("abgelesen", "ablesen"),
        ("auszuzahlen", "auszahlen"),
        ("kündigt", "kündigen"),
        ("gekündigt", "kündigen"),
        ("Verträge", "Vertrag"),
        ("Messstellen", "Messstelle"),
        ("Haftung", "haftet"),
        ("Ermittlung", "ermitteln"),
        ("Änderungen", "geändert"),
        ("Prüfung", "prüft"),
        ("Entrichtung", "entrichtet"),
        ("Veröffentlichung", "veröffentlichen"),
        ("Erlaubnis", "erlaubt"),
        ("Teilnahme", "teilnimmt"),
        ("Abgabe", "abzugeben"),
        ("Anschluss", "angeschlossenen"),
        ("Ausschreibung", "ausgeschrieben"),
        ("Bezug", "bezogene"),
        ("Antrag", "beantragt"),
        ("mitgeteilt", "Mitteilung"),
        ("berechtigter", "Berechtigung"),
    ],
)
def test_forms_of_one_word_share_their_stem(left: str, right: str) -> None:
    assert stem(fold(left)) == stem(fold(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [("Zähler", "Zahl"), ("Zähler", "zahlen"), ("Förderung", "Forderung"), ("Änderung", "anders"), ("Löschung", "Erlöschen")],
)
def test_words_the_trade_keeps_apart_stay_apart(left: str, right: str) -> None:
    assert stem(fold(left)) != stem(fold(right))


def test_stop_and_light_words() -> None:
    assert is_stop("der")
    assert is_stop("absatz")
    assert not is_stop("strom")
    assert is_light("kunde")
    assert is_light("gerechnet")
    assert not is_light("zaehler")
    assert not is_light("rechnung")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("jahresverbrauch", {"verbrauch"}),
        ("strassenlaterne", {"laterne"}),
        ("stromausfallmeldung", {"strom", "ausfall", "meldung"}),
        ("ladesaeuleninbetriebnahme", {"inbetriebnahme"}),
    ],
)
def test_a_fresh_install_splits_compounds(word: str, parts: set[str]) -> None:
    assert parts <= set(Analyser.builtin().splitter.split(word))


def test_a_simple_word_is_not_split() -> None:
    assert Analyser.builtin().splitter.split("zaehler") == ()


@given(st.from_regex(r"[a-z]{1,30}", fullmatch=True))
def test_parts_of_a_compound_are_pieces_of_it(word: str) -> None:
    assert all(part in word and part != word for part in Analyser.builtin().splitter.split(word))


def test_a_misspelt_word_finds_the_known_one() -> None:
    speller = Speller.of([("grundversorgung", 40), ("offshore", 9), ("rechnung", 30)])
    assert speller.correct("grundversorgng") == "grundversorgung"
    assert speller.correct("ofshore") == "offshore"
    assert speller.correct("rechnung") is None
    assert speller.correct("waschmaschine") is None


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_edits_is_a_distance(left: str, right: str) -> None:
    assert edits(left, right, 9) == edits(right, left, 9)
    assert (edits(left, right, 9) == 0) == (left == right)
    assert edits(left, right, 9) <= max(len(left), len(right))
    assert edits(left, right, 1) == min(edits(left, right, 9), 2)
