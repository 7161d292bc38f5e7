"""From whom a row of the ledger was learned, for who examines that: by pseudonym, and only those who still agree to it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.kpi.learn.evidence import OPERATOR, Signal
from nova.kpi.learn.read import read
from nova.kpi.learn.told import DELETED, places_of


def behind(conn: Connection[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """`people` with their judgements of its passages, and how many are the `operator`'s.

    Read anew from what is stored up to the row's cut-off, as learning does; a pair of words rests on questions, which are not told of.
    """
    wanted = {UUID(part[0]) for part in row["facts"].get("passages", [])}
    counted = [signal for signal in read(conn, row["cutoff"]).signals if not wanted or signal.chunk_id in wanted]
    places = places_of(conn, [signal.chunk_id for signal in counted])
    people: dict[str, list[Signal]] = {}
    for signal in counted:
        people.setdefault(signal.subject, []).append(signal)
    operator = len(people.pop(OPERATOR, ()))
    ordered = sorted(people.items(), key=lambda one: (-len(one[1]), one[0]))
    return {"people": [_person(subject, signals, places) for subject, signals in ordered], "operator": operator}


def _person(subject: str, signals: list[Signal], places: Mapping[UUID, Any]) -> dict[str, Any]:
    of = Counter(signal.chunk_id for signal in signals)
    passages = [
        {
            "chunk_id": chunk,
            "title": places[chunk].title if chunk in places else DELETED,
            "section": places[chunk].section if chunk in places else "",
        }
        for chunk, _ in of.most_common()
    ]
    return {"subject_id": subject, "judgements": len(signals), "passages": passages}
