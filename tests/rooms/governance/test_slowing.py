"""Whoever guesses waits, and nobody else; what is right forgives its own try and no other's."""

from contextlib import suppress

import pytest

from nova.errors import NotSignedIn, TooManyRequests
from nova.governance.accounts.slowing import GUESSED_AT, HOUR, OWN_TRIES, TRIES, WRONG_CODES, Slowing, Tries


def guess(slowing: Slowing, who: Tries, *, right: bool = False, code: bool = False) -> None:
    """One try; TooManyRequests where it is one too many."""
    with suppress(NotSignedIn), slowing.trying_code(who) if code else slowing.trying(who):
        if not right:
            raise NotSignedIn("wrong")


def test_right_codes_of_the_owner_give_guessers_no_more() -> None:
    slowing = Slowing(lambda: 0.0)
    for number in range(WRONG_CODES - 1):
        guess(slowing, Tries("code anna", f"address {number}"), code=True)
    for address, browser in (("home", "known"), ("new", "")):
        guess(slowing, Tries("code anna", address, browser), right=True, code=True)
    guess(slowing, Tries("code anna", "another"), code=True)
    with pytest.raises(TooManyRequests):
        guess(slowing, Tries("code anna", "yet another"), code=True)
    guess(slowing, Tries("code anna", "home", "known"), right=True, code=True)
    guess(slowing, Tries("code berta", "another"), code=True)


def test_an_address_that_has_not_guessed_always_has_a_try() -> None:
    now = [0.0]
    slowing = Slowing(lambda: now[0])
    for number in range(GUESSED_AT):
        guess(slowing, Tries("anna", f"address {number}"))
    assert slowing.is_guessed_at("anna") and not slowing.is_guessed_at("berta")
    guess(slowing, Tries("anna", "never before"), right=True)
    for _ in range(OWN_TRIES):
        guess(slowing, Tries("anna", "home", "known"))
    with pytest.raises(TooManyRequests):
        guess(slowing, Tries("anna", "home", "known"))
    now[0] = HOUR + 1
    assert not slowing.is_guessed_at("anna")
    for _ in range(TRIES):
        guess(slowing, Tries("anna", "address 1"))
    with pytest.raises(TooManyRequests):
        guess(slowing, Tries("anna", "address 1"))
