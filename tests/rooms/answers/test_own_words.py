"""Words that an editor adds stand in the vocabulary file in an area of their own, and go again; what people wrote stays as it is."""

import pytest

from nova.answers.understand.areas import UNUSUAL, with_area, without_area
from nova.answers.understand.own_vocabulary import TEMPLATE
from nova.answers.understand.vocabulary import Vocabulary, parse
from nova.errors import InvalidInput

OWN = """# Unsere Wörter
version: 1
felder:
- name: Zähler   # gepflegt von Monika
  gewicht: 0.5
  eintraege:
    Kasten im Keller: [Zählerschrank]
    drehstromdings:
      - Drehstromzähler
# Ende
"""
WORDS = {"Balkonkraftwerk": ["Steckersolargerät", 'so "genannt"']}


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE,
        TEMPLATE.replace("felder:", '"felder" :'),
        OWN,
        OWN.replace("# Ende\n", ""),
        OWN.rstrip("\n"),
        "felder:\n  - name: a\n    eintraege: {b: [c]}\nversion: 1\n",
    ],
)
def test_an_area_comes_and_goes_and_the_rest_stays(text: str) -> None:
    more = with_area(text, "Wissenslücke 1", 0.8, WORDS)
    before, after = parse(text, "x"), parse(more, "x")
    assert after[: len(before)] == before and [(one.phrase, one.terms, one.weight) for one in after[len(before) :]] == [
        ("Balkonkraftwerk", ("Steckersolargerät", 'so "genannt"'), 0.8)
    ]
    assert without_area(more, "Wissenslücke 1") == text.rstrip("\n") + "\n"
    twice = with_area(more, "Wissenslücke 2", 0.8, WORDS)
    assert without_area(without_area(twice, "Wissenslücke 1") or "", "Wissenslücke 2") == text.rstrip("\n") + "\n"
    assert without_area(more, "Wissenslücke 3") is None


def test_no_areas_below_their_key_are_filled_too() -> None:
    more = with_area("version: 1\nfelder:\n  []\n", "Wissenslücke 1", 0.8, WORDS)
    assert [one.phrase for one in parse(more, "x")] == ["Balkonkraftwerk"] and more.count("felder") == 1


@pytest.mark.parametrize("text", ["{version: 1, felder: []}", "version: 1\nfelder: [{name: a, eintraege: {b: [c]}}]\n"])
def test_a_file_in_an_unusual_form_is_left_alone(text: str) -> None:
    with pytest.raises(InvalidInput, match=UNUSUAL[:40]):
        with_area(text, "n", 0.8, WORDS)


def test_what_a_phrase_is_known_to_stand_for() -> None:
    shipped = Vocabulary.load()
    assert shipped.meaning("Wallbox") is not None and shipped.meaning("Quastenflosser") is None
    assert not Vocabulary.of("wie", ["x"]).entries
