"""Contracts for people behind what is said: their pseudonym, what they agreed to, and the vault that alone can say who they are."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol, get_args
from uuid import UUID

Purpose = Literal["service", "analytics", "training", "profiling"]
Speaker = Literal["user", "assistant", "agent"]
Tone = Literal["positive", "neutral", "negative", "unknown"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


class People(Protocol):
    """Everyone by pseudonym. Calls join the caller's transaction."""

    def lookup(self, name: str) -> bytes:
        """What stands for a name that another system uses: an HMAC, the same as long as the installation keeps its key."""

    def subject(self, connection: Any, name: str) -> UUID:
        """The pseudonym of the person whom another system knows by this name; made on first sight. The name itself is not kept."""

    def subject_of_user(self, connection: Any, user_id: UUID) -> UUID:
        """The pseudonym of somebody who signs in here; made on first sight."""

    def agreed(self, connection: Any, subject_id: UUID) -> frozenset[Purpose]:
        """What they agree to now; locked until the transaction ends, so that a withdrawal comes before or after it and never during it."""

    def tokens(self, connection: Any, subject_id: UUID, at: datetime | None = None) -> Callable[[str, str], str]:
        """Takes a kind of personal value and the value, gives the token that stands for it in this period ("[NAME_7KQ2MX]").

        The value is sealed in the vault under the person's own key. `at` names the period (default: this moment's).
        """

    def find(self, connection: Any, name: str) -> UUID | None:
        """The pseudonym of somebody already known by this name; None. Makes nobody known."""

    def withdrew(self, connection: Any, subject_id: UUID, purpose: Purpose) -> bool:
        """Whether they once spoke of this purpose and do not agree to it now."""

    def known(self, connection: Any, subject_id: UUID, at: datetime, fields: Mapping[str, str]) -> Mapping[str, str]:
        """Values that are surely personal and their kinds: these fields (kind by value), kept in the vault, and those of earlier times."""

    def fingerprint(self, purpose: str, text: str) -> bytes:
        """By what the same text is known again; nobody without the installation's key can guess the text by it."""


class Redactor(Protocol):
    """What looks through texts for personal values; PrivacyError means: store nothing."""

    def __call__(self, text: str, token: Callable[[str, str], str] | None = None, known: Mapping[str, str] | None = None) -> str:
        """The text with each value replaced by its token, or by its kind without `token`.

        `known` holds values that are surely personal, such as fields of a session, and their kinds.
        """
