"""Vectors: ids ascending and unique, the same for ever, and nearer texts score higher."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.analyser import Analyser, term_id
from nova.records import SparseVector


def dot(left: SparseVector, right: SparseVector) -> float:
    held = dict(zip(left.indices, left.values, strict=True))
    return sum(held.get(index, 0.0) * value for index, value in zip(right.indices, right.values, strict=True))


@given(st.text(max_size=400))
def test_vectors_hold_ascending_unique_32_bit_ids_and_positive_values(text: str) -> None:
    for vector in (Analyser.builtin().document("Titel", ("Titel", "§ 1 Zweck"), text, ("x:1",)), Analyser.builtin().query(text)):
        assert list(vector.indices) == sorted(set(vector.indices))
        assert all(0 <= index < 2**32 for index in vector.indices)
        assert len(vector.values) == len(vector.indices)
        assert all(value > 0 for value in vector.values)


def test_the_artefact_survives_json_with_its_version() -> None:
    analyser = Analyser.builtin()
    again = Analyser.from_json(analyser.to_json())
    assert again == analyser
    assert again.version == analyser.version
    assert again.document("T", ("T",), "Der Zähler läuft.") == analyser.document("T", ("T",), "Der Zähler läuft.")


def test_an_artefact_of_another_format_is_refused() -> None:
    data = json.loads(Analyser.builtin().to_json())
    data["format"] = 99
    with pytest.raises(ValueError, match="99"):
        Analyser.from_json(json.dumps(data))


def test_learning_makes_a_new_version_that_knows_new_words() -> None:
    text = "Der Quantenflansch ist mit dem Quantenflansch zu verschrauben."
    learnt = Analyser.learn([text, text])
    assert not Analyser.builtin().knows("quantenflansch")
    assert learnt.knows("quantenflansch")
    assert learnt.version != Analyser.builtin().version
    assert learnt == Analyser.learn([text, text])


def test_learning_from_nothing_keeps_what_is_known() -> None:
    assert Analyser.learn([]).counts == Analyser.builtin().counts


def test_a_compound_meets_its_part_and_a_typo_meets_by_letters() -> None:
    analyser = Analyser.builtin()
    lamp = analyser.document("", (), "Die Straßenlaterne leuchtet.")
    other = analyser.document("", (), "Der Kühlschrank brummt.")
    assert dot(analyser.query("Laterne"), lamp) > dot(analyser.query("Laterne"), other)
    assert dot(analyser.query("Strassenlatrene"), lamp) > dot(analyser.query("Strassenlatrene"), other)


def test_the_named_provision_outweighs_everything_else() -> None:
    analyser = Analyser.builtin()
    query = analyser.query("§ 14a EnWG steuerbare Verbrauchseinrichtungen")
    named = analyser.document("EnWG", ("EnWG", "§ 14a"), "(weggefallen)", ("enwg:14a",))
    alike = analyser.document("EnWG", ("EnWG", "§ 9 Steuerbare Verbrauchseinrichtungen"), "Steuerbare.", ("enwg:9",))
    assert dot(query, named) > dot(query, alike)


def test_expansions_count_less_than_own_words_and_light_words_count_little() -> None:
    analyser = Analyser.builtin()
    query = analyser.query("Kaution", [("Sicherheitsleistung", 0.5)])
    held = dict(zip(query.indices, query.values, strict=True))
    own, added = held[term_id("w", "kaution")], held[term_id("w", analyser.word("Sicherheitsleistung").stem)]
    assert 0 < added < own
    light = dict(zip(*(lambda v: (v.indices, v.values))(analyser.query("Kunde")), strict=True))
    assert light[term_id("w", "kund")] < own


def test_a_simple_word_is_asked_for_once() -> None:
    analyser = Analyser.builtin()
    words = analyser.query("Vertrag").indices
    grams = {term_id("g", gram) for gram in ("_vert", "vertr", "ertra", "rtrag", "trag_")}
    assert set(words) - grams == {term_id("w", analyser.word("Vertrag").stem)}


def test_a_heading_adds_to_its_words_and_never_outweighs_the_body() -> None:
    analyser = Analyser.builtin()
    term = term_id("w", analyser.word("Kaution").stem)

    def value(heading: str, text: str) -> float:
        vector = analyser.document("Verordnung", ("Verordnung", heading), text)
        return dict(zip(vector.indices, vector.values, strict=True)).get(term, 0.0)

    said, named = value("§ 1", "Die Kaution ist zu zahlen."), value("§ 1 Kaution", "Sie ist zu zahlen.")
    assert 0 < named < said < value("§ 1 Kaution", "Die Kaution ist zu zahlen.")
