"""Who delivers in, what they may write out: decided here and nowhere else, before a row is read, for every way in.

The company (who may keep its data, roles that the operator named, feeds that the operator set up) writes readings of any meter, prices and
signals; a meter that nobody knew is its own. A customer writes readings of meters that are assigned to them, of the time in which they
are, and nothing else. The simulator writes what is marked as simulated, and into simulated meters only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

import numpy as np
from psycopg import Connection

from nova.energy.formats.parsed import ParsedRows
from nova.errors import NotAllowed
from nova.records import Caller
from nova.roles import Role
from nova.series import MISSING, SIMULATED, Prices, Readings, Signal
from nova.store.series import meters
from nova.store.series.meters import Span

MADE_UP = (SIMULATED, MISSING)
MARKET_FORMATS = ("smard", "smard_json", "entsoe")  # they hold nothing but prices and signals
NO_METER = "Ihnen ist kein Zähler zugeordnet. Bitte wenden Sie sich an den Betrieb, bevor Sie Messwerte aufnehmen."
NO_MARKET = "Preise und Signale nimmt nur der Betrieb auf. Von dieser Datei wurde nichts gespeichert."
NOT_SIMULATED = "Der Simulator schreibt nur Werte, die als simuliert gekennzeichnet sind."


@dataclass(frozen=True, slots=True)
class Sender:
    """Who delivers; `user_id` is the person, None for the operator and for feeds."""

    kind: Literal["company", "customer", "simulator"] = "company"
    user_id: UUID | None = None

    @classmethod
    def of(cls, caller: Caller, writers: frozenset[Role]) -> "Sender":
        """A person in their role; `writers` are the roles that write for the company beside those with the capability `data`."""
        ours = caller.may("data") or (caller.role in writers and caller.scopes is None)
        return cls("company" if ours else "customer", caller.user_id)

    @property
    def owner(self) -> UUID | None:
        """Whose the delivery is: the customer's, or None for the company's."""
        return self.user_id if self.kind == "customer" else None


COMPANY, SIMULATOR = Sender(), Sender("simulator")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sender may write until the transaction ends; `spans` are a customer's meters with their times."""

    sender: Sender
    spans: Mapping[str, Sequence[Span]]

    def require_form(self, form: str) -> None:
        """NotAllowed for a format that holds nothing the sender may write."""
        if self.sender.kind == "customer" and form in MARKET_FORMATS:
            raise NotAllowed(NO_MARKET, data={"format": form})

    def admit(self, conn: Connection[Any], parsed: ParsedRows) -> ParsedRows:
        """What of it is to be stored. NotAllowed, for the delivery as a whole, where a series is none of theirs."""
        if self.sender.kind == "company":
            return parsed
        if self.sender.kind == "simulator":
            return _simulated(conn, parsed)
        if parsed.prices or parsed.signals:
            raise NotAllowed(NO_MARKET)
        foreign = next((one.meter_id for one in parsed.readings if one.meter_id not in self.spans), None)
        if foreign is not None:
            raise NotAllowed(f"In den Zähler {foreign} dürfen Sie nicht schreiben.", data={"meter_id": foreign})
        return replace(parsed, readings=[self._own(one, parsed) for one in parsed.readings])

    def _own(self, given: Readings, parsed: ParsedRows) -> Readings:
        """The readings of the time in which the meter is theirs; the report tells of the others."""
        inside = np.zeros(len(given), np.bool_)
        for start, end in self.spans[given.meter_id]:
            inside |= (given.ts >= start) & (given.ts < end)
        if inside.all():
            return given
        outside = np.flatnonzero(~inside)
        parsed.report.accepted -= min(len(outside), parsed.report.accepted)
        where = datetime.fromtimestamp(int(given.ts[outside[0]]), UTC)
        why = "In dieser Zeit ist Ihnen der Zähler nicht zugeordnet"
        parsed.report.refuse(why, len(outside), [f"{given.meter_id}, {where:%Y-%m-%dT%H:%M:%SZ}"])
        return given.take(inside)


def grant(conn: Connection[Any], sender: Sender) -> Grant:
    """What the sender may write. A customer's meters cannot be assigned anew until the transaction ends; NotAllowed without any."""
    if sender.kind != "customer":
        return Grant(sender, {})
    found = meters.writable(conn, sender.user_id)
    if not found:
        raise NotAllowed(NO_METER)
    return Grant(sender, found)


def _simulated(conn: Connection[Any], parsed: ParsedRows) -> ParsedRows:
    """Only what is marked as simulated, and only of simulated meters that there still are."""
    every: list[Readings | Prices | Signal] = [*parsed.readings, *parsed.prices, *parsed.signals]
    if any(not np.isin(one.quality, MADE_UP).all() for one in every):
        raise NotAllowed(NOT_SIMULATED)
    known = meters.simulated(conn, [one.meter_id for one in parsed.readings])
    return replace(parsed, readings=[one for one in parsed.readings if one.meter_id in known])
