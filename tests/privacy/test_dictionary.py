"""The company's master data: found in other spacing and case, kept as hashes only, its own data left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.errors import InvalidInput, PrivacyError
from nova.privacy import find, redact
from nova.privacy.dictionary import Entry, MasterData, build, dump, load
from nova.privacy.masterfile import entries

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
CUSTOMERS = """Nachname;Vorname;Straße;Zählernummer;Eigen
Querfeld;Zacharias;Alter Steinweg;4711 2233;
Klein;Ute;Sandkuhle;;
"""
OWN = "Telefon;eigen\n02871 99 88 77;ja\n"


@pytest.fixture
def master() -> MasterData:
    return build([*entries(CUSTOMERS.encode(), "kunden.csv"), *entries(OWN.encode(), "eigen.csv")], KEY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("querfeld zacharias ist da", "[NAME] ist da"),
        ("Gestern war Querfeld da", "Gestern war [NAME] da"),
        ("Kasten 47112233 und 4711-2233", "Kasten [ZÄHLER] und [ZÄHLER]"),
        ("Sandkuhle 4, in der Sandkuhle wird gebaut", "[ADRESSE], in der Sandkuhle wird gebaut"),
        ("ein klein wenig, Ute Klein nicht", "ein klein wenig, [NAME] nicht"),
        ("Hotline 02871 998877 oder 02871 998878", "Hotline 02871 998877 oder [TELEFON]"),
    ],
)
def test_master_data_is_found(master: MasterData, text: str, expected: str) -> None:
    assert redact(text, dictionary=master).text == expected


def test_the_file_holds_no_value_and_opens_with_its_key_only(master: MasterData) -> None:
    content = dump(master)
    assert not any(word in content.decode().lower() for word in ("querfeld", "zacharias", "sandkuhle", "4711", "02871"))
    again = load(content, KEY)
    assert find("querfeld zacharias 47112233", again) == find("querfeld zacharias 47112233", master)
    with pytest.raises(PrivacyError):
        load(content, OTHER)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format": 1}', b"\xff"])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(PrivacyError):
        load(content, KEY)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(PrivacyError):
        build([], b"short")


def test_a_table_without_a_known_column_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"a\.csv: Keine bekannte Spalte"):
        list(entries(b"x;y\n1;2\n", "a.csv"))


def test_headings_delimiters_and_old_encodings_are_read() -> None:
    told = list(entries("Name,Adresse\nÜte Groß,Weg 4\n".encode("cp1252"), "b.csv"))
    assert told == [Entry("Üte Groß", "name"), Entry("Weg 4", "address")]


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_value_can_be_built_and_looked_up(text: str, value: str) -> None:
    master = build([Entry(value, "name"), Entry(value, "customer_no")], KEY)
    spans = find(text + value, load(dump(master), KEY))
    assert all(0 <= span.start < span.end <= len(text + value) for span in spans)
    once = redact(text + value, dictionary=master)
    assert redact(once.text, dictionary=master).text == once.text
