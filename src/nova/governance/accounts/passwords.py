"""Passwords: which are good enough, what is kept of them, and whether one is right.

Kept is the PHC string of argon2id with the parameters that OWASP names for a server that many use at once (19 MiB, two passes). A name that
nobody has takes as long as a wrong password.
"""

import re
import unicodedata
from collections.abc import Sequence
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from nova.errors import InvalidInput

SHORTEST, LONGEST = 12, 128
GUESSES = 3  # of zxcvbn's 0 to 4: "safely unguessable", 10^8 guesses at the least
JUDGED = 24  # letters that zxcvbn looks at: with more of them some take it seconds
AT_ONCE = 2  # each takes 19 MiB
WORD = re.compile(r"[^\W\d_]{3,}")
# What is guessed first where German is spoken and energy is sold; the library's own lists are English.
HERE = [
    "nova",
    "luna",
    "stadtwerke",
    "stadtwerk",
    "energie",
    "strom",
    "gas",
    "wasser",
    "netz",
    "zähler",
    "abschlag",
    "kunde",
    "rechnung",
    "passwort",
    "kennwort",
    "geheim",
    "hallo",
    "schatz",
    "fußball",
    "sommer",
    "winter",
    "frühling",
    "herbst",
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "deutschland",
    "willkommen",
]
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_TURNS = BoundedSemaphore(AT_ONCE)
_NOBODYS = _HASHER.hash("nobody's password")
TOO_EASY = "Dieses Passwort ist leicht zu erraten. Nehmen Sie mehrere Wörter, die nicht zusammengehören, zum Beispiel vier."


def require_good(password: str, known: Sequence[str] = ()) -> None:
    """InvalidInput for one that is too short, too long or easily guessed; `known` are words that others know of the person."""
    text = _folded(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise InvalidInput(f"Ein Passwort hat {SHORTEST} bis {LONGEST} Zeichen.", data={"field": "password"})
    from zxcvbn import zxcvbn

    own = sorted({part.casefold() for one in known for part in WORD.findall(one)}, key=len, reverse=True)
    rest = re.sub("|".join(own), "", text.casefold()) if own else text  # what others know of somebody hides nothing
    if min(zxcvbn(part[:JUDGED], user_inputs=[*own, *HERE])["score"] for part in (text, rest or "x")) < GUESSES:
        raise InvalidInput(TOO_EASY, data={"field": "password"})


def hashed(password: str) -> str:
    """What is kept."""
    with _TURNS:
        return _HASHER.hash(_folded(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the one that was kept; takes the same time where none was."""
    if len(password) > 4 * LONGEST:
        return False
    with _TURNS:
        try:
            _HASHER.verify(kept or _NOBODYS, _folded(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_dated(kept: str) -> bool:
    """Whether it was hashed with other parameters than are used now."""
    return _HASHER.check_needs_rehash(kept)


def _folded(password: str) -> str:
    """The same letters however a keyboard composes them (NFKC, RFC 8265)."""
    return unicodedata.normalize("NFKC", password)
