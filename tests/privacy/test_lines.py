"""The adversarial lines in; out: offsets, check digits and the balance of classes hold, whatever the recognisers do."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nova.privacy import find

HERE = Path(__file__).parent
SETS = (
    "first", "held", "more", "blind", "letters", "chats", "grid", "people", "office", "service", "field", "town", "talk", "numbers",
    "fresh", "last", "fifth", "counter", "desk", "export", "mixed", "locked", "once",
)  # fmt: skip
SHAPES = ["EMAIL", "PHONE", "IBAN", "STEUER_ID", "MALO", "MELO", "METER", "ID_CARD", "PLATE", "IP"]
KINDS = ["NAME", "ADDRESS", "CUSTOMER_NO", "CONTRACT_NO", "BIRTH_DATE", *SHAPES]
SPOKEN = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
WORDS = {word: str(digit) for digit, word in enumerate(SPOKEN)} | {"zwo": "2"}


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (HERE / f"lines-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = [row for name in SETS for row in _rows(name)]


def _digits(text: str) -> str:
    """The bare characters of a written or dictated number, in capitals."""
    text = re.sub(r" wie \w+", "", text)
    text = re.sub("[\u00ad\u200b]", "", text)
    return "".join(WORDS.get(word.casefold(), word) for word in re.findall(r"\w+", text)).upper()


def _iban(number: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _malo(number: str) -> bool:
    odd, even = sum(map(int, number[0:10:2])), sum(map(int, number[1:10:2]))
    return len(number) == 11 and number[0] != "0" and (odd + 2 * even + int(number[10])) % 10 == 0


def _tax_id(number: str) -> bool:
    product = 10
    for digit in number[:10]:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    most = Counter(number[:10]).most_common(2)
    return len(number) == 11 and number[0] != "0" and most[0][1] in (2, 3) and most[1][1] == 1 and (11 - product) % 10 == int(number[10])


def _licence(number: str) -> bool:
    """A driving licence: the tenth sign checks the nine before it, the eleventh counts its issues."""
    if not re.fullmatch(r"[A-Z]\d\d[0-9A-Z]{6}[0-9X]\d", number):
        return False
    return "0123456789X"[sum(int(sign, 36) * weight for sign, weight in zip(number, range(9, 0, -1), strict=False)) % 11] == number[9]


def _id_card(number: str) -> bool:
    if len(number) == 11:
        return _licence(number)
    check = sum(int(sign, 36) * weight for sign, weight in zip(number, (7, 3, 1) * 3, strict=False)) % 10
    return bool(re.fullmatch(r"[0-9CFGHJKLMNPRTVWXYZ]{9}\d?", number)) and (len(number) == 9 or int(number[9]) == check)


def _melo(number: str) -> bool:
    return bool(re.fullmatch(r"DE\d{11}[0-9A-Z]{20}", number))


DICTATED, LETTERS_LEFT = {"spoken", "dictation", "corrected"}, re.compile(r"[A-ZÄÖÜß]{3}")
"""Dictated in pairs, with corrections or spelt, a number has words left whose check needs the recogniser itself."""
ODD = {"abroad", "mistyped"}
"""A passport of another country, or a number with a wrong digit that is somebody's all the same, has no check digit."""
CHECKS = {"IBAN": _iban, "MALO": _malo, "STEUER_ID": _tax_id, "ID_CARD": _id_card, "MELO": _melo}


@pytest.mark.parametrize("name", SETS)
def test_every_line_of_a_set_is_marked_right(name: str) -> None:
    assert {row["id"]: wrong for row in _rows(name) if (wrong := list(_wrong(row)))} == {}


def _wrong(row: dict[str, Any]) -> Iterator[Any]:
    """The spans of a line that break a rule of the marking."""
    end = 0
    for span in row["spans"]:
        in_order, end = span["start"] >= end, span["end"]
        as_marked = row["text"][span["start"] : end] == span["text"] == span["text"].strip() != ""
        number = _digits(span["text"])
        unchecked = ODD & set(row["traits"]) or (DICTATED & set(row["traits"]) and LETTERS_LEFT.search(number))
        if not (in_order and as_marked and span["type"] in KINDS and (unchecked or CHECKS.get(span["type"], bool)(number))):
            yield span
    if ("negative" in row["traits"]) != (not row["spans"]):
        yield row["traits"]


def test_the_sets_are_large_balanced_and_free_of_twins() -> None:
    assert len({row["text"] for row in ROWS}) == len({row["id"] for row in ROWS}) == len(ROWS)
    for name in SETS:
        rows = _rows(name)
        assert len(rows) >= 165
        assert 0.2 <= sum(not row["spans"] for row in rows) / len(rows) <= 0.4
    kinds = Counter(span["type"] for row in ROWS for span in row["spans"])
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 25


def test_no_decoy_of_eleven_digits_passes_for_a_market_location_or_tax_id() -> None:
    for row in ROWS:
        bare = row["text"]
        for span in reversed(row["spans"]):
            bare = bare[: span["start"]] + bare[span["end"] :]
        for number in re.findall(r"(?<!\d)[1-9]\d{10}(?!\d)", bare):
            assert not _malo(number), row["id"]
            assert not _tax_id(number), row["id"]


@pytest.mark.parametrize("rows", [pytest.param(ROWS[::60], id="a few"), pytest.param(ROWS, id="all", marks=pytest.mark.bars)])
def test_a_text_may_end_after_any_of_its_blanks(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for blank in re.finditer(r"\s", row["text"]):
            cut = row["text"][: blank.end()]
            assert all(span.end <= len(cut) for span in find(cut)), cut
