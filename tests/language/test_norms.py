"""References to provisions in questions and headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.norms import find_norms, keys_of, known_laws, label_of, norm_key, norm_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Was sagt § 14a EnWG?", ["enwg:14a"]),
        ("§14a Abs. 2 Satz 1 EnWG 2005", ["enwg:14a"]),
        ("Paragraph 29 MsbG", ["msbg:29"]),
        ("Paragraf 29 des Messstellenbetriebsgesetzes", ["msbg:29"]),
        ("§ 29 MessbG", ["msbg:29"]),
        ("EnWG § 7c", ["enwg:7c"]),
        ("§§ 12 bis 14 StromNZV", ["stromnzv:12", "stromnzv:13", "stromnzv:14"]),
        ("§ 20 und § 21 KWKG 2016", ["kwkg:20", "kwkg:21"]),
        ("Anlage 2 GEG", ["geg:anlage2"]),
        ("Anlage EnWG", ["enwg:anlage"]),
        ("Art. 5 DSGVO", ["dsgvo:art5"]),
        ("Beschluss BK6-20-160", ["bk6-20-160"]),
        ("§ 3 des Gesetzes über die Elektrizitäts- und Gasversorgung", ["enwg:3"]),
        ("§ 5 Verordnung über die Entgelte für den Zugang zu Gasversorgungsnetzen", ["gasnev:5"]),
        ("§ 8", [":8"]),
        ("Wie hoch ist die Frist?", []),
    ],
)
def test_references_are_found(text: str, keys: list[str]) -> None:
    assert list(keys_of(find_norms(text))) == keys


def test_details_and_span_of_a_reference() -> None:
    text = "Siehe § 9 Absatz 2 Satz 1 Nummer 3 EEG bitte."
    (ref,) = find_norms(text)
    assert (ref.norm.absatz, ref.norm.satz, ref.norm.nummer) == ("2", "1", "3")
    assert text[ref.start : ref.end] == "§ 9 Absatz 2 Satz 1 Nummer 3 EEG"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("EEG 2021", "eeg"),
        ("Ladesäulenverordnung", "lsv"),
        ("Gebäudeenergiegesetz", "geg"),
        ("Niederspannungsanschlussverordnung", "nav"),
        ("KWK-Gesetz", "kwkg"),
        ("Bürgerliches Gesetzbuch", "bgb"),
        ("Kochbuch", None),
    ],
)
def test_laws_by_any_name(name: str, key: str | None) -> None:
    assert known_laws().key(name) == key


def test_laws_are_found_in_running_text_without_taking_plain_words() -> None:
    assert [key for key, _, _ in known_laws().find("Gilt das EnWG oder die Heizkostenverordnung für den Nav im Auto?")] == [
        "enwg",
        "heizkostenv",
    ]


def test_users_own_documents_bring_their_names() -> None:
    laws = known_laws().with_laws({"BetrO": "betro"})
    assert keys_of(find_norms("§ 5 BetrO", laws)) == ("betro:5",)
    assert laws.of_document("Betriebsordnung der Stadtwerke (BetrO)") == "betro"
    assert laws.of_document("Kochbuch") is None


@pytest.mark.parametrize(
    ("heading", "label", "keys"),
    [
        ("§ 14a Steuerbare Verbrauchseinrichtungen", "§ 14a", ["x:14a"]),
        ("(XXXX) §§ 46a bis 47 (weggefallen)", "§§ 46a bis 47", ["x:46a", "x:47"]),
        ("Anlage 2 (zu § 5)", "Anlage 2", ["x:anlage2"]),
        ("Anlage Zielwerte", "Anlage", ["x:anlage"]),
        ("3.1 Titel", "3.1", []),
        ("Teil 1 - Allgemeines", "", []),
    ],
)
def test_labels_and_keys_of_headings(heading: str, label: str, keys: list[str]) -> None:
    assert label_of(heading) == label
    assert norm_keys("x", label) == keys
    assert norm_key("x", label) == (keys[0] if keys else None)


@given(st.text(max_size=120))
def test_any_text_is_read_without_failing(text: str) -> None:
    for ref in find_norms(text):
        assert 0 <= ref.start < ref.end <= len(text)


@given(st.integers(1, 200), st.sampled_from(["", "a", "b"]), st.sampled_from(["EnWG", "MsbG", "GEG", "StromGVV"]))
def test_every_provision_is_understood_in_both_orders(number: int, letter: str, law: str) -> None:
    assert keys_of(find_norms(f"§ {number}{letter} {law}")) == keys_of(find_norms(f"{law} §{number}{letter}"))
