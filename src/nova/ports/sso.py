"""The company's own sign-in (OpenID Connect), as the rooms see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: where the browser goes, and what its answer is compared with (never told to it but `state`)."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Who signed in there. `subject` never changes; `claims` are what is said of them; `factors` by what they proved it (`amr`).

    `proved_at`: when they did (`auth_time`), which may be long ago; None where the provider does not say.
    """

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    factors: Sequence[str] = ()
    sid: str | None = None
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """A session there is over: one (`sid`), or all of somebody (`subject`). `message_id` tells repeats apart until `expires_at`."""

    issuer: str
    message_id: str
    expires_at: datetime
    subject: str | None = None
    sid: str | None = None


class CompanySignIn(Protocol):
    """A provider of OpenID Connect."""

    def begin(self, redirect_uri: str, *, again: bool = False) -> Begun:
        """Begin a sign-in that comes back to `redirect_uri`; `again`: also who is signed in there proves it once more.

        ServerAbsent, Misconfigured.
        """
        ...

    def finish(self, redirect_uri: str, came: Mapping[str, str], begun: Begun) -> Proof:
        """Who it is, from what the browser came back with; NotSignedIn with the reason, ServerAbsent."""
        ...

    def logged_out(self, token: str) -> LoggedOut:
        """Whose session is over, from the provider's own message (back-channel logout); InvalidInput, ServerAbsent."""
        ...

    def leave_url(self, back: str) -> str | None:
        """Where a browser signs out there, too; None where the provider offers that not."""
        ...
