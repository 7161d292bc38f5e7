"""A version of a dataset in, whether a run may learn from it now out: asked when it is written out, and again when a run starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import Connection

from nova.german import number
from nova.store.seeding import versions as rows
from nova.store.seeding.versions import Version
from nova.store.training import sets


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody may learn from a dataset: its `code`, and a German reason."""

    code: Literal["unknown", "failed", "consent", "left"]
    reason: str


def still_allowed(conn: Connection[Any], dataset: str, version: str, digest: str | None = None) -> Refusal | None:
    """None where a run may learn from this version now.

    `digest` is that of the files that a run has: those that were written before somebody left are refused. Whoever starts a run asks in the
    transaction that stores its start.
    """
    found = rows.find(conn, dataset, version)
    told = sets.told_of(conn, dataset, found.version) if found is not None else None
    if found is None or told is None:
        return Refusal("unknown", "Diesen Trainingsdatensatz gibt es nicht.")
    if not told["passed"]:
        held = " ".join(one["reason"] for one in told["checks"] if not one["passed"])
        return Refusal("failed", f"Der Datensatz hat seine Prüfungen nicht bestanden: {held}")
    return _withdrawn(conn, found) or _rewritten(found, told, digest)


def _withdrawn(conn: Connection[Any], found: Version) -> Refusal | None:
    _, unagreed = sets.consent_of(conn, found.version_id)
    count = unagreed or rows.barred(conn, found.version_id)
    if not count:
        return None
    return Refusal("consent", f"Im Datensatz stehen Personen, die dem Lernen nicht mehr zustimmen ({number(count, 0)}).")


def _rewritten(found: Version, told: Mapping[str, Any], digest: str | None) -> Refusal | None:
    if not found.manifest["former"] or digest != told["digest"]:
        return None
    return Refusal("left", "Seit diese Dateien geschrieben wurden, haben Personen den Datensatz verlassen; schreiben Sie ihn neu.")
