"""The vocabulary file: strict, found in the package, overridden by the user's own."""

from pathlib import Path

import pytest

from nova.answers.understand.vocabulary import Vocabulary, parse
from nova.errors import Misconfigured
from nova.language.analyser import Analyser

GOOD = """
version: 1
felder:
  - name: Test
    gewicht: 0.5
    eintraege:
      Kaution | Pfand: [Sonderwort]
      nicht bezahlt: [Zahlungsverzug]
"""


def terms(question: str, vocabulary: Vocabulary | None = None) -> set[str]:
    return {expansion.term for expansion in (vocabulary or Vocabulary.load()).expand(question, Analyser.builtin())}


def test_the_shipped_vocabulary_is_large_and_says_what_lay_words_mean() -> None:
    assert len(Vocabulary.load().entries) > 600
    assert "Sicherheitsleistung" in terms("Wie hoch darf die Kaution sein?")
    assert "Ladepunkt" in terms("Wo stehen Ladesäulen?")
    assert "Lieferantenwechsel" in terms("Ablauf beim Anbieterwechsel")
    assert "öffentliche Verbrauchseinrichtung" in terms("Brauchen Straßenlaternen einen Zähler?")


def test_phrases_need_all_their_words() -> None:
    assert "Ersatzversorgung" in terms("Mein Anbieter ist pleite")
    assert "fristlose Kündigung" in terms("Darf er sofort kündigen?")
    assert "fristlose Kündigung" not in terms("Darf er im Mai zahlen?")


def test_parts_of_compounds_count_less() -> None:
    vocabulary = Vocabulary.load()
    whole = max(item.weight for item in vocabulary.expand("Kaution", Analyser.builtin()))
    part = [item for item in vocabulary.expand("Stromkaution", Analyser.builtin()) if item.term == "Sicherheitsleistung"]
    assert part
    assert part[0].weight < whole
    assert part[0].share < 1


def test_the_users_file_adds_replaces_and_switches_off(tmp_path: Path) -> None:
    own = tmp_path / "wortschatz.yaml"
    own.write_text(GOOD.replace("nicht bezahlt: [Zahlungsverzug]", "Ladesäule: []"), "utf-8")
    vocabulary = Vocabulary.load(own)
    assert terms("Kaution", vocabulary) == {"Sonderwort"}
    assert terms("Ladesäule", vocabulary) == set()
    assert "Messeinrichtung" in terms("Zähler", vocabulary)


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    assert Vocabulary.load(tmp_path / "keine.yaml") == Vocabulary.load()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (GOOD + "extra: 1\n", "extra"),
        (GOOD.replace("gewicht:", "weight:"), "weight"),
        (GOOD.replace("version: 1", "version: 2"), "version"),
        (GOOD.replace("0.5", "7"), "gewicht"),
        (GOOD.replace("[Sonderwort]", "Sonderwort"), "Kaution"),
        ("felder: [", "YAML"),
        ("- nur eine Liste", "oberste Ebene"),
    ],
)
def test_mistakes_are_named(text: str, word: str) -> None:
    with pytest.raises(Misconfigured, match=word):
        parse(text, "eigener.yaml")
