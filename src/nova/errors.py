"""What can go wrong, by name. Every error carries a stable code, an HTTP status, an exit code and a German message.

NovaError
├── InvalidInput (400)
│   ├── UnsupportedFile        the content is of no kind Nova reads
│   ├── InfectedFile           the virus scanner found something
│   └── BlockedAddress         an outbound URL points where Nova must not go
├── NotSignedIn (401)
├── NotAllowed (403)
├── NotFound (404)
├── Duplicate (409)            carries the existing item
├── Conflict (409)             the thing is in a state in which this cannot be done
├── TooLarge (413)
├── TooManyRequests (429)      carries the seconds to wait
│   ├── BudgetSpent            the caller's processor time of this minute is used up
│   └── QuotaForNow            of what the caller may have waiting there is as much already
├── QuotaExceeded (409)        the caller keeps as much here as they may; the message says what makes room
├── UnreadableFile (422 inside a job, never an HTTP answer of its own)
├── ServerAbsent (503)         a configured server does not answer
├── Busy (503)                 the bounded queue is full
├── DiskFull (507)             there is no room for what was to be written; nothing half written stays
├── BadSnapshot (422)          a snapshot is damaged, of a later format, or the key does not open it
├── Misconfigured              start is refused; the message says which setting and why
├── PrivacyError               a text could not be checked for personal data, so it must not be stored
├── JobWaits                   raised inside a job that another has to be through before
├── JobCancelled               raised inside a job at its next stage after a person asked to stop
└── JobLost                    raised inside a job whose lease another worker has taken over
"""

import errno
from collections.abc import Mapping
from typing import Any


class NovaError(Exception):
    """An error a person can act on: `message` is German and complete, `code` is for programs."""

    code = "internal"
    status = 500
    exit_code = 1

    def __init__(self, message: str, *, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.data: dict[str, Any] = dict(data or {})


class InvalidInput(NovaError):
    """The request is wrong and the message says what to change."""

    code = "validation"
    status = 400
    exit_code = 2


class UnsupportedFile(InvalidInput):
    """The content (not the name) is of no kind Nova reads."""

    code = "unsupported_file"


class InfectedFile(InvalidInput):
    """The virus scanner found something; `data["finding"]` names it. Nothing of the file is stored."""

    code = "infected_file"


class BlockedAddress(InvalidInput):
    """An outbound URL resolves to an address Nova must not call."""

    code = "blocked_address"


class NotSignedIn(NovaError):
    """No valid key, token or session came with the request."""

    code = "not_signed_in"
    status = 401


class NotAllowed(NovaError):
    """The caller is known and may not do this."""

    code = "not_allowed"
    status = 403


class NotFound(NovaError):
    """Nothing by this id is visible to the caller."""

    code = "not_found"
    status = 404
    exit_code = 3


class Duplicate(NovaError):
    """The same content is already stored; `data["item_id"]` names it."""

    code = "duplicate"
    status = 409


class Conflict(NovaError):
    """The thing exists, but what is asked does not fit the state it is in."""

    code = "conflict"
    status = 409


class TooLarge(NovaError):
    """The upload or the body is larger than the stated limit."""

    code = "too_large"
    status = 413


class TooManyRequests(NovaError):
    """The caller's rate limit is used up; `data["retry_after"]` is in seconds."""

    code = "rate_limited"
    status = 429


class BudgetSpent(TooManyRequests):
    """The caller's processor time of this minute is used up."""

    code = "budget"


class QuotaForNow(TooManyRequests):
    """Of what the caller may have at the same time there is as much already; some of it ends by itself."""

    code = "quota"


class QuotaExceeded(NovaError):
    """The caller keeps as much here as they may; `data` names the `quota`, what is theirs of it (`used`) and what may be (`most`)."""

    code = "quota"
    status = 409


class UnreadableFile(NovaError):
    """A file could not be turned into text; the job ends as failed with this message."""

    code = "unreadable_file"
    status = 422


class ServerAbsent(NovaError):
    """A configured server does not answer; the message names it and the degraded answer."""

    code = "server_absent"
    status = 503
    exit_code = 4


class Busy(NovaError):
    """A bounded queue is full; asking again in `data["retry_after"]` seconds may work."""

    code = "busy"
    status = 503


class DiskFull(NovaError):
    """There is no room for what was to be written; nothing half written stays."""

    code = "disk_full"
    status = 507


class BadSnapshot(NovaError):
    """A snapshot cannot be used: damaged, cut short, of a later format, or the key does not open it."""

    code = "bad_snapshot"
    status = 422


class Misconfigured(NovaError):
    """A setting is wrong, so Nova refuses to start."""

    code = "misconfigured"
    exit_code = 2


class JobWaits(NovaError):
    """Another job is at it: this one goes back to the queue for `data["retry_after"]` seconds, as often as it takes."""

    code = "job_waits"
    status = 503


class JobCancelled(NovaError):
    """A person asked this job to stop."""

    code = "cancelled"


class JobLost(NovaError):
    """This worker no longer owns the job; it must write nothing more."""

    code = "job_lost"


class PrivacyError(NovaError):
    """A text could not be checked for personal data; the caller stores nothing."""

    code = "privacy"
    status = 400


FULL = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: OSError) -> bool:
    """Whether this is the system's way to say that there is no room."""
    return error.errno in FULL


def disk_full() -> DiskFull:
    """The error that people read."""
    return DiskFull("Der Datenträger ist voll; nichts wurde gespeichert. Sobald wieder Platz ist, arbeitet Nova von selbst weiter.")
