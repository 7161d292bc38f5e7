"""Every route asked by every caller: the answers written down, so that two states of the code can be compared.

    python benchmarks/answers.py record FILE        # from the root of a checkout; about 3 minutes
    python benchmarks/answers.py compare FILE FILE

The world is that of `tests/api/test_matrix.py`: two customers, one person of each other role, a program, the operator, and their things.
Ids, times and what was measured are masked; numbers, words, order and every other value count. First all that only reads is asked, then all
that writes, then all that removes.
"""

import json
import logging
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import structlog
from psycopg.conninfo import make_conninfo

sys.path.insert(0, str(Path.cwd()))
from nova.cli.documents import samples
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.api.house import opened
from tests.api.test_matrix import (
    ABOUT,
    ALL,
    DESTROYS,
    ENDLESS,
    MALFORMED,
    MISSING,
    NO_FORM,
    NOWHERE,
    TAKEN_ONCE,
    Operation,
    Things,
    World,
)
from tests.folders import short_folder

MASKS = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?"), "<time>"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}( \d{2}:\d{2})?|\b\d{1,2}:\d{2} Uhr"), "<day>"),
    (re.compile(r"\b\d{10}\.[0-9a-f]{64}\b|\b[0-9a-f]{24,64}\b"), "<digest>"),
    (re.compile(r"\[[A-Z]+_[0-9A-Z]{6}\]"), "<mark>"),
    (re.compile(r"\bk\d+-[0-9a-f]{8}\b"), "<key>"),
    (re.compile(r"\b\d+(,\d+)? [kMG]B\b|\b\d{2}:\d{2}\b"), "<measured>"),
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), "<token>"),
    (re.compile(r"/tmp/[^\s\"']+"), "<path>"),
)
MEASURED = re.compile(
    r"(^|_)(ms|p50|p95|seconds|latency|cpu|pss|bytes|total_bytes|uptime|retry_after|free|memory|disk|load|pid|created|used|share|at|until|since|age)($|_)"
)
UNORDERED = ("people", "meters")  # in the order of ids that are drawn
COUNTED = ("processes",)
SECRET = ("csrf", "confirm")
DRAWN = ("/api/v1/recommend",)  # what is answered is drawn by lot
FIGURE = re.compile(r" [0-9.e+-]+$", re.MULTILINE)
PRICES = "market;ts;price_eur_mwh\nEPEX;2026-03-01T00:00:00Z;50\nEPEX;2026-03-01T01:00:00Z;60\n".replace(";", ",")


def masked(value: Any, name: str = "") -> Any:
    """A value without what differs from run to run; `name` is that of its field."""
    if isinstance(value, dict):
        measured = name if MEASURED.search(name) else ""
        return {str(masked(key)): masked(part, measured or key) for key, part in value.items() if key != "trace_id"}
    if name in COUNTED:
        return "<measured>"
    if isinstance(value, list):
        found = [masked(part, name) for part in value]
        return sorted(found, key=json.dumps) if name in UNORDERED else found
    if name in SECRET and value:
        return "<secret>"
    if isinstance(value, str):
        for pattern, word in MASKS:
            value = pattern.sub(word, value)
        return value
    if isinstance(value, float | int) and not isinstance(value, bool) and MEASURED.search(name):
        return "<measured>"
    return value


def told(answer: Any) -> dict[str, Any]:
    """What counts of an answer; of Prometheus' figures their names."""
    kind = answer.headers.get("content-type", "").split(";")[0]
    if kind == "application/json" and answer.request.url.path in DRAWN and answer.status_code == 200:
        body: Any = sorted({key for one in answer.json()["data"]["items"] for key in (*one, *one["payload"])})
    elif kind == "application/json":
        body = masked(answer.json())
    elif answer.request.url.path == "/metrics":
        body = sorted(set(FIGURE.sub("", answer.text).splitlines()))
    elif kind.startswith("text/") or kind == "application/x-ndjson":
        body = masked(answer.text)
    else:
        body = bool(answer.content)
    headers = ("location", "cache-control", "content-disposition", "www-authenticate", "allow")
    return {"status": answer.status_code, "type": kind, **{name: masked(answer.headers.get(name, "")) for name in headers}, "body": body}


def requests(operations: Iterable[Operation]) -> Iterator[tuple[Operation, str, dict[str, str]]]:
    """Each route as everybody asks it about a thing that is there, and about what is not and cannot be."""
    about = {(one.method, one.path) for one in ABOUT}
    for one in operations:
        yield one, "there", {}
        if (one.method, one.path) in about:
            for name in one.ids:
                yield one, f"no {name}", {name: NOWHERE.get(name, MISSING)}
                yield one, f"malformed {name}", {name: NO_FORM.get(name, MALFORMED)}


def record(into: Path) -> int:
    """Ask everything once and write an answer a line; how many."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with short_folder() as folder, start(folder, {"fsync": "off"}) as server, tempfile.TemporaryDirectory() as home:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("CREATE DATABASE answers")
        dsn = make_conninfo(server.dsn, dbname="answers")
        migrate(dsn)
        with Database.connect(dsn) as database, opened(database, Path(home), NOVA_RATE_LIMITS="off", NOVA_UPLOAD_MB=1) as door:
            door.client.event_hooks = {}
            world = World(door)
            furnish(world)
            everyones = {owner: world.things(owner) for owner in ("anna", "ben", "betrieb")}
            world.settle()
            with into.open("w", encoding="utf-8") as file:
                return sum(_written(file, line) for line in _asked(world, everyones))


def furnish(world: World) -> None:
    """The documents and prices that Nova brings as samples."""
    for path in sorted(samples.folder().iterdir()):
        world.door.admin("POST", "/api/v1/ingest/doc", files={"file": (path.name, path.read_bytes())})
    world.door.admin("POST", "/api/v1/data/import", files={"file": ("preise.csv", PRICES.encode())})
    world.settle()


def _asked(world: World, everyones: dict[str, Things]) -> Iterator[dict[str, Any]]:
    last = [one for one in ALL if one.method in DESTROYS or one.name in TAKEN_ONCE or one.name.startswith(("erase", "rotate"))]
    reads = [one for one in ALL if one.method == "GET" and one not in last]
    writes = [one for one in ALL if one not in reads and one not in last]
    for one, what, swapped in requests([*reads, *writes, *last]):
        if one.name in ENDLESS and what == "there":
            continue
        for caller in world.callers:
            owner = caller if caller in everyones else "betrieb" if one.door == "admin" else "anna"
            things = everyones[owner]
            if one in last and what == "there" and one.ids and caller in ("admin", "anna", "ben", "rita"):
                things = world.anew(owner, things, one.ids)
            answer = world.ask(one, caller, things, **swapped)
            yield {"route": f"{one.method} {one.path}", "caller": caller, "what": what, **told(answer)}
        world.settle()


def _written(file: Any, line: dict[str, Any]) -> int:
    file.write(json.dumps(line, ensure_ascii=False, sort_keys=False) + "\n")
    return 1


def compare(first: Path, second: Path) -> int:
    """Say where two files differ; how many answers do."""
    one, other = ([json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in (first, second))
    keys = ("route", "caller", "what")
    found = {tuple(line[key] for key in keys): line for line in other}
    differing = [line for line in one if found.pop(tuple(line[key] for key in keys), None) != line]
    for line in differing:
        print(*(line[key] for key in keys))
    print(f"{len(one)} and {len(other)} answers, {len(differing)} differ, {len(found)} only in the second")
    return len(differing) + len(found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["compare"]:
        sys.exit(1 if compare(Path(sys.argv[2]), Path(sys.argv[3])) else 0)
    print(record(Path(sys.argv[2])), "answers")
