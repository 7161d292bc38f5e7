"""Signs that act unseen: gone for people, written out for terminals, escaped in JSON; cells that are no formulas."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.unseen import UNSEEN, cell, escaped, escaped_json, without_unseen

UNSEEN_SIGNS = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\xad\u061c\u200b\u200e\u202a\u202e\u2066\u2069\ufeff\u2028\U000e0041",
]
SEEN = ["\t", "\n"]


@pytest.mark.parametrize("sign", [sign for sign in UNSEEN_SIGNS if sign not in SEEN], ids=ascii)
def test_an_unseen_sign_is_gone_or_written_out(sign: str) -> None:
    assert without_unseen(f"a{sign}b") in ("ab", "a\nb")
    assert escaped(f"a{sign}b") == f"a{sign.encode('unicode_escape').decode()}b"


@given(st.text())
def test_whatever_is_seen_stays_and_the_rest_does_nothing(text: str) -> None:
    for made in (without_unseen(text), escaped(text)):
        assert not UNSEEN.search(made)
    if not UNSEEN.search(text):
        assert without_unseen(text) == escaped(text) == text


@given(st.recursive(st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_says_the_same_in_bytes_that_do_nothing(value: object) -> None:
    try:
        written = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a pair is no UTF-8
        return
    shown = escaped_json(written)
    assert json.loads(shown) == value
    assert not UNSEEN.search(shown.decode().replace("\u200c", "").replace("\u200d", ""))


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "  =1+1", "＝1+1", "－1x", "-", "+49 (0)171"]
PLAIN = ["", "Netz", "1.5", "-1.5", "+3", "-1,5", "-1.234,5", "-1e-05", "-12 %", "2026-01-01", "a=b", "'=1", "§ 14a", "0049"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [*PLAIN, -1.5, 3, None, True])
def test_a_number_and_a_plain_text_stay(value: object) -> None:
    assert cell(value) == value
