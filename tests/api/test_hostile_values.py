"""Hostile values in every place a request has: each is answered by the envelope in time, and the tables stay what they were."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from nova.api.hooking import sign
from tests.api.bodies import IDS, MADE_UP, example
from tests.api.house import DESCRIPTION, HOOK_SECRET, Door
from tests.api.test_matrix import FRESH

pytestmark = pytest.mark.slow

SQL = [
    "'", '"', "`", "\\", "\\'", "''", ";", "--", "/*", "*/", "%", "_", "%%", "%s", "%(query)s", "$1", "$$", "{}", "{0}", "${x}",
    "{{7*7}}", "E'\\x27'", "' OR '1'='1", "') OR ('1'='1", "1; DROP TABLE items; --", "'; DELETE FROM users; --",
    "' UNION SELECT token_id::text FROM access_tokens --", "' || pg_sleep(30) || '", "1) OR pg_sleep(30) IS NULL --",
    "'; SELECT pg_read_file('/etc/passwd'); --", "x' AND 1=CAST((SELECT version()) AS int) --",
]  # fmt: skip
LONG = "x" * 1_000_000
ODD = [
    "\0", "a\0b", "\x01\x1f\x7f", "\u0085\u2028\u2029", "\u202ednu\u202c", "\ufeff", "\ufffe\uffff", "é" * 300, "👩‍👩‍👧", "𝟚", "ſ", "İ",
    "\ud800", "\udfff\ud800", LONG, " ", "", "\n", "null", "undefined", "NaN", "true", "../../etc/passwd", "<script>alert(1)</script>",
]  # fmt: skip
NUMBERS = [
    "-1", "0", "2147483648", "9223372036854775808", "1e400", "-1e400", "NaN", "Infinity", "1.5", "9" * 5000, "-0", "0x10", "1_000",
    "٣", " 1",
]  # fmt: skip
RAW_NUMBERS = [
    "9223372036854775808",
    "-9223372036854775809",
    "1e400",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e-400",
    "9" * 4000,
    "9" * 5000,
    "0.1",
    "-1",
]
PATIENCE, WORK = 20.0, 1.5  # seconds on the clock (SQL that sleeps would show), seconds of the processor
RIGHT = dict.fromkeys(IDS, MADE_UP) | {
    "version": "1", "number": "1", "seq": "1", "prompt": "1", "kpi": "sentiment", "rule": "suche_schwach", "meter_id": "x", "name": "smard",
    "pipeline": "beispiel-tickets", "dataset": "beispiel-tickets", "engine": "roi", "train_run": "lauf",
}  # fmt: skip
NAMES = (*IDS, "version", "number", "seq", "prompt", "kpi", "rule", "pipeline", "dataset", "engine", "train_run")


def with_bodies() -> Iterator[tuple[str, str, str]]:
    for path, methods in DESCRIPTION["paths"].items():
        for method, told in methods.items():
            if "application/json" in told.get("requestBody", {}).get("content", {}):
                yield told["operationId"], method, path.format_map(RIGHT)


def with_queries() -> Iterator[tuple[str, str, str]]:
    for path, methods in DESCRIPTION["paths"].items():
        for method, told in methods.items():
            for parameter in told.get("parameters", []):
                if parameter["in"] == "query":
                    yield method, path, parameter["name"]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body the values stand."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*path, name)
        yield from leaves(part, (*path, name))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The body with another value at one place."""
    copied = json.loads(json.dumps(value))
    at = copied
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = new
    return copied


def broken_bodies(name: str, every: int) -> Iterator[bytes]:
    """The operation's body with hostile values: one of `every` so many at each place, the largest at few."""
    body = example(name)
    values = [*SQL, *ODD, [], {}, None, True, [[]], {"": ""}, {"$ne": None}]
    places = list(leaves(body))
    for number, place in enumerate(places):
        yield from (json.dumps(put(body, place, value)).encode() for value in values[number % every :: every] if value is not LONG)
        text = json.dumps(put(body, place, "@@"))
        yield from (text.replace('"@@"', figure).encode() for figure in RAW_NUMBERS[number % every :: every])
    for place in places[::every]:
        yield from (json.dumps(put(body, place, value)).encode() for value in (LONG, [None] * 100_000))


def broken_shapes(name: str) -> Iterator[bytes]:
    """Bytes that are no JSON, more than one, or very much of it."""
    text, first = json.dumps(example(name)).encode(), json.dumps(next(iter(example(name)))).encode()
    yield from (
        b"",
        b"null",
        b"0",
        b'"x"',
        b"[]",
        b"[[]]",
        b"{",
        b"}",
        b'{"a":}',
        b"\xff" * 100,
        b"\xff\xfe{\x00}\x00",
        b"{} {}",
        b"{}" * 1000,
    )
    yield from (b"\xef\xbb\xbf" + text, text.decode().encode("utf-16"), text.decode().encode("utf-32"), text + b"x", text * 2)
    yield from (b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000, b"{" + first + b":" + b"[" * 900 + b"]" * 900 + b"}")
    yield from (text[:-1] + b", " + first + b": null}", text[:-1] + b", " + text[1:], b" " * 1_000_000 + text)
    yield b"{" + b",".join(b'"%d":0' % number for number in range(100_000)) + b"}"


BODIES, QUERIES = list(with_bodies()), list(with_queries())
bodies = pytest.mark.parametrize(("name", "method", "path"), BODIES, ids=[name for name, *_ in BODIES])
every = pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.bars)], ids=["some", "all"])
TABLES = ("users", "access_tokens", "items", "item_versions", "item_chunks", "audit_log", "nova_migrations", "installation")


def rows(door: Door) -> dict[str, int]:
    with door.nova.db.transaction() as conn:
        return {name: conn.execute(f"SELECT count(*) AS n FROM {name}").fetchone()["n"] for name in TABLES}  # type: ignore[index]


class Began:
    """When a request began, and how much had been worked by then."""

    def __init__(self) -> None:
        self.clock, self.worked = time.monotonic(), time.process_time()


def good(answer: Any, began: Began, what: Any) -> None:
    """An answer by the envelope (the client checks its shape), in time, not large, and no unforeseen error."""
    assert answer.status_code < 500, (what, answer.text)
    assert len(answer.content) < 400_000, what
    assert time.monotonic() - began.clock < PATIENCE, what
    assert time.process_time() - began.worked < WORK, what


def caller(door: Door, path: str, content: bytes) -> Callable[..., Any]:
    """Who may send this: the operator, or a person, a program or a signature where the operator may not."""
    if path.startswith("/hook/"):
        stamp, nonce = str(int(time.time())), uuid4().hex
        signed = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(HOOK_SECRET, stamp, nonce, content)}
        return lambda method, path, *, content, headers: door.client.request(method, path, content=content, headers=headers | signed)
    if "/service/" in path:
        return door.person("programm", "service")
    return door.person("anna") if "/me/" in path else door.admin


def send(door: Door, method: str, path: str, content: bytes, kind: str = "application/json") -> Any:
    began = Began()
    answer = caller(door, path, content)(method, path, content=content, headers={"content-type": kind})
    door.client.cookies.clear()
    good(answer, began, (path, content[:200]))
    return answer


@pytest.fixture(scope="module", autouse=True)
def unchanged(door: Door) -> Iterator[None]:
    """What SQL in a value could have done is not done."""
    door.nova.person("anna")
    before = rows(door)
    yield
    after = rows(door)
    assert all(after[name] >= before[name] for name in before)
    assert door.admin("GET", "/api/v1/items").json()["data"]["total"] == before["items"]


@every
@pytest.mark.parametrize(("method", "path", "parameter"), QUERIES, ids=[f"{path} {name}" for _, path, name in QUERIES])
def test_no_value_in_a_query_is_more_than_a_value(door: Door, method: str, path: str, parameter: str, every: int) -> None:
    filled = path.format_map(RIGHT)
    for value in (*SQL, *NUMBERS, *ODD)[len(path + parameter) % every :: every]:
        raw = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass")[:15_000])
        began = Began()
        good(door.admin(method, f"{filled}?{parameter}={raw}"), began, (path, value[:50]))
    for query in ("{0}=%FF%FE", "{0}=%", "{0}=%zz", "{0}[]=x", "{0}=a&{0}=b", "{0}=1&" * 2000, "&" * 20_000, "{0}" * 500, "={0}"):
        began = Began()
        good(door.admin(method, f"{filled}?{query.format(parameter)}"), began, query[:50])


def test_a_filter_finds_what_it_says_and_no_more(door: Door) -> None:
    for value in (*SQL, "__", "%a%", "\\%"):
        found = door.admin("GET", "/api/v1/admin/items", params={"query": value}).json()["data"]
        assert (found["total"], found["items"]) == (0, []), value
        assert door.admin("GET", "/api/v1/items", params={"tag": value}).json()["data"]["items"] == []
    assert door.admin("GET", "/api/v1/admin/items", params={"query": "muster"}).json()["data"]["total"] == 1


@every
@pytest.mark.parametrize("path", [path for path in DESCRIPTION["paths"] if "{" in path])
def test_no_name_in_a_path_is_more_than_a_name(door: Door, path: str, every: int) -> None:
    names = [name for name in NAMES if "{" + name + "}" in path]
    for method, told in DESCRIPTION["paths"][path].items():
        operation = told["operationId"]
        for name in names:
            for value in (*SQL, *NUMBERS, *(odd[:2000] for odd in ODD if odd))[len(path + name) % every :: every]:
                raw = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass")[:2000])
                began = Began()
                answer = door.admin(method, path.format_map(RIGHT | {name: raw}), **({"json": {}} if method in ("post", "patch") else {}))
                good(answer, began, (path, value[:50]))
                assert answer.status_code in (400, 404, 405) or operation in FRESH, (path, value[:50])


@every
@bodies
def test_no_value_in_a_body_is_more_than_a_value(door: Door, name: str, method: str, path: str, every: int) -> None:
    for content in broken_bodies(name, 2 * every - 1):
        send(door, method, path, content)


@bodies
def test_no_shape_of_a_body_is_too_much(door: Door, name: str, method: str, path: str) -> None:
    for content in broken_shapes(name):
        send(door, method, path, content)
    text = json.dumps(example(name)).encode()
    for kind in (
        "text/plain",
        "application/xml",
        "application/json; charset=utf-7",
        "application/json, a/b",
        "",
        "x" * 5000,
        "multipart/form-data",
    ):
        send(door, method, path, text, kind)


def test_nesting_is_refused_wherever_it_stands(door: Door) -> None:
    for depth in (50, 500, 5_000, 50_000):
        nested = "[" * depth + "]" * depth
        for text in (f'{{"user_id": "anna", "type": "view", "meta": {{"a": {nested}}}}}', f'{{"user_id": {nested}, "type": "view"}}'):
            answer = send(door, "POST", "/api/v1/events", text.encode())
            assert answer.status_code == (200 if depth == 50 and "meta" in text else 400), depth
