"""Tokens of a language model, by person and day."""

from uuid import uuid4

import pytest

from nova.api.limits.words import DAY_S, Words
from nova.errors import QuotaForNow
from nova.records import Answer, Caller, Passage
from nova.settings import Settings

ANNA, BEN, OPERATOR = Caller("customer", uuid4()), Caller("customer", uuid4()), Caller("admin")


def answer(chars: int, model: str = "m") -> Answer:
    return Answer(uuid4(), "answered", "x" * chars, (), (), (), None, model, "")


def test_a_days_tokens_are_spent_and_come_back_with_the_day() -> None:
    now = 0.0
    words = Words(Settings(NOVA_QUOTA_WORDS=1000, GENERATE_MODEL="m"), clock=lambda: now)
    words.add(ANNA, answer(1750))
    now = 3600.0
    words.require(ANNA)
    words.add(ANNA, answer(1750))
    with pytest.raises(QuotaForNow) as refused:
        words.require(ANNA)
    error = refused.value
    assert (error.status, error.code) == (429, "quota")
    assert error.data == {"quota": "words", "used": 1000, "most": 1000, "retry_after": int(DAY_S - 3600)}
    assert error.message.endswith("In 23 h geht es weiter.")
    words.require(BEN)
    now = DAY_S - 1
    with pytest.raises(QuotaForNow) as refused:
        words.require(ANNA)
    assert refused.value.message.endswith("In 1 s geht es weiter.")
    now = DAY_S
    words.require(ANNA)


@pytest.mark.parametrize(
    ("most", "model", "who", "wrote"), [(0, "m", ANNA, "m"), (10, "", ANNA, "m"), (10, "m", OPERATOR, "m"), (10, "m", ANNA, "")]
)
def test_nothing_is_counted_without_a_limit_a_model_or_a_person(most: int, model: str, who: Caller, wrote: str) -> None:
    words = Words(Settings(NOVA_QUOTA_WORDS=most, GENERATE_MODEL=model))
    words.add(who, answer(10_000, wrote))
    words.require(who)


def test_what_the_model_read_counts_too() -> None:
    words = Words(Settings(NOVA_QUOTA_WORDS=100, GENERATE_MODEL="m"))
    read = Passage.__new__(Passage)
    object.__setattr__(read, "text", "y" * 700)
    words.add(ANNA, Answer(uuid4(), "answered", "", (), (), (read,), None, "m", ""))
    with pytest.raises(QuotaForNow):
        words.require(ANNA)
