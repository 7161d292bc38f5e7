"""Accounts as the API shows them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import segno

from nova.governance.accounts.doorbook import KeyUse
from nova.governance.accounts.invitations import NewInvitation
from nova.governance.accounts.joining import Invited
from nova.governance.accounts.own import OwnWays
from nova.governance.accounts.second_factor import NewFactor
from nova.governance.accounts.sessions import OwnSession
from nova.governance.accounts.staff import AccountLine, RowDone
from nova.roles import CAPABILITIES, ROLES

QUIET_ZONE = 2


def invitation_view(one: Invited) -> dict[str, Any]:
    """Whom a link is for."""
    return {
        "user": one.user,
        "name": one.name,
        "role": one.role,
        "role_title": ROLES[one.role].title,
        "purpose": one.purpose,
        "expires_at": one.expires_at,
        "two_factors": one.two_factors,
    }


def path_of(made: NewInvitation) -> str:
    """Where a link leads; what stands behind the `#` no server is told."""
    return f"/einladung#{made.secret}"


def factor_view(step: str, factor: NewFactor) -> dict[str, Any]:
    """What an app needs, also as the rows of a QR code."""
    rows = segno.make(factor.address, micro=False).matrix_iter(border=QUIET_ZONE)
    return {
        "step": step,
        "secret": factor.secret,
        "address": factor.address,
        "code": ["".join("1" if dark else "0" for dark in row) for row in rows],
    }


def ways_view(ways: OwnWays, *, fresh: bool, two_factors: bool) -> dict[str, Any]:
    """By what somebody comes in."""
    account = ways.account
    return {
        "user": account.external_id,
        "name": account.name,
        "password": account.password is not None,
        "factor": account.totp is not None,
        "codes_left": ways.codes_left,
        "passkeys": [
            {"passkey_id": one.passkey_id, "name": one.name, "made_at": one.made_at, "used_at": one.used_at} for one in ways.passkeys
        ],
        "fresh": fresh,
        "two_factors": two_factors,
    }


def session_line(one: OwnSession, here: UUID | None) -> dict[str, Any]:
    """A session of one's own; `here` is the one that asks."""
    return {
        "session_id": one.session_id,
        "way": one.way,
        "device": one.device,
        "created_at": one.created_at,
        "seen_at": one.seen_at,
        "expires_at": one.expires_at,
        "here": one.session_id == here,
    }


def person_view(one: AccountLine) -> dict[str, Any]:
    """An account in a list."""
    return {
        "user_id": one.user_id,
        "user": one.external_id,
        "name": one.name,
        "role": one.role,
        "state": one.state,
        "password": one.password,
        "factor": one.totp,
        "passkeys": one.passkeys,
        "sso": one.linked,
        "made_at": one.made_at,
        "left_at": one.left_at,
        "invited_until": one.invited_until,
        "seen_at": one.seen_at,
    }


def rows_view(rows: Iterable[RowDone], *, dry_run: bool) -> dict[str, Any]:
    """What came of a table."""
    told = [
        {"line": one.line, "user": one.user, "done": one.done, "path": path_of(one.invitation) if one.invitation else None} for one in rows
    ]
    return {"dry_run": dry_run, "rows": told}


def role_table_view() -> dict[str, Any]:
    """Who may what."""
    roles = [{"role": name, "title": card.title, "who": card.who, "may": sorted(card.may)} for name, card in ROLES.items()]
    return {"roles": roles, "capabilities": [{"capability": name, "text": text} for name, text in CAPABILITIES.items()]}


def key_use_view(one: KeyUse) -> dict[str, Any]:
    """A use of the operator's key."""
    return {"seq": one.seq, "at": one.ts, "way": str(one.facts.get("way", "")), "address": str(one.facts.get("from", ""))}
