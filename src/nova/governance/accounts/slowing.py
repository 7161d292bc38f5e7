"""Whoever guesses is slowed down, and nobody else.

Counted are wrong tries: of an address for a name, of an address for any, of a browser in which the person has come in before. A name
against which many strangers guess leaves each address fewer tries; an address that has not guessed always has one, and a known browser
never pays for strangers. So nobody can lock another out, and who has many addresses gets two tries of each in an hour.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nova.errors import NotSignedIn, TooManyRequests
from nova.logs import get_logger
from nova.windows import Windows

log = get_logger(__name__)
QUARTER, HOUR = 900.0, 3600.0
OWN_TRIES = 10  # a quarter of an hour, in a known browser
TRIES, TRIES_GUESSED_AT = 5, 2  # of an address for a name: a quarter of an hour; an hour where many guess
SPRAYED = 100  # of an address for any name: an hour
WRONG_CODES = 20  # of a second factor, by strangers: an hour
GUESSED_AT = 30  # wrong tries by strangers for a name in an hour: many guess


@dataclass(frozen=True, slots=True)
class Tries:
    """Who tries: for whom, from which address, and whether that browser is known to be theirs (its hash, else "")."""

    name: str
    address: str
    browser: str = ""


class Slowing:
    """Counts wrong tries in the memory of this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Each kind has a memory of its own: names that nobody has must not push out the addresses that try them.
        self._names, self._addresses, self._tries, self._codes = (Windows(HOUR, clock) for _ in range(4))

    def is_guessed_at(self, name: str) -> bool:
        """Whether many strangers have tried a name within the hour."""
        return self._names.wait(name, GUESSED_AT, HOUR) > 0

    @contextmanager
    def trying(self, who: Tries) -> Iterator[None]:
        """Around one try, which counts when it raises NotSignedIn. TooManyRequests, with the seconds to wait, for one too many."""
        if who.browser:
            key, most, seconds = ("browser", who.browser, who.name), OWN_TRIES, QUARTER
        elif self.is_guessed_at(who.name):
            key, most, seconds = ("pair", who.address, who.name), TRIES_GUESSED_AT, HOUR
        else:
            key, most, seconds = ("pair", who.address, who.name), TRIES, QUARTER
        sprayed = 0 if who.browser else self._addresses.wait(who.address, SPRAYED, HOUR)
        wait = sprayed or self._tries.hit(key, most, seconds)  # before it is known whether it is wrong: many may come at once
        if wait:
            raise TooManyRequests(f"Zu viele falsche Versuche. Bitte warten Sie {wait} s.", data={"retry_after": wait})
        try:
            yield
        except NotSignedIn:
            if not who.browser:
                if self._names.note(who.name) == GUESSED_AT:
                    log.warning("sign_in_guessed_at", tries=GUESSED_AT)
                self._addresses.note(who.address)
            raise
        self._tries.clear(key)

    @contextmanager
    def trying_code(self, who: Tries) -> Iterator[None]:
        """Around one try of a second factor: as `trying`, and no more than so many of strangers together, wherever they are.

        Six digits are soon guessed, and only who knows the password comes so far: nobody else can use this bound up.
        """
        wait = 0 if who.browser else self._codes.hit(who.name, WRONG_CODES, HOUR)
        if wait:
            raise TooManyRequests(f"Zu viele falsche Codes. Bitte warten Sie {wait} s.", data={"retry_after": wait})
        with self.trying(who):
            yield
        if not who.browser:
            self._codes.take_back(who.name)  # a right one is none of the wrong; those of others stay
