"""Uploads as no browser sends them: names that are paths, parts without end, borders that lie. Each is a document or a wrong request."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.house import Door

# A form that ends too soon leaves its half-written temporary file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
WHERE = "/api/v1/ingest/doc"
KIND = "multipart/form-data; boundary=b"
LONG = "n" * 10_000


@pytest.fixture(scope="module", autouse=True)
def nothing_outside(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No upload writes a file anywhere but where objects are kept."""
    places = [door.nova.folder, Path(tempfile.gettempdir()), Path.cwd()]
    before = [{path.name for path in place.iterdir()} for place in places]
    yield
    after = [{path.name for path in place.iterdir()} for place in places]
    known = {"cache", "config", "snapshots"}
    assert not [name for was, now in zip(before, after, strict=True) for name in now - was - known if "passwd" in name or "evil" in name]
    assert all(re.fullmatch(r"docs/(raw|processed)/[0-9a-f]{64}", key) for key in door.nova.objects.held)


def text() -> bytes:
    return f"# Titel\n\nText {uuid4()} über Strom.\n".encode()


def part(head: bytes, body: bytes | None = None) -> bytes:
    return b"--b\r\n" + head + b"\r\n\r\n" + (text() if body is None else body) + b"\r\n"


def field(name: str, value: str) -> bytes:
    return part(b'Content-Disposition: form-data; name="' + name.encode() + b'"', value.encode())


FILE = b'Content-Disposition: form-data; name="file"; filename="a.md"'
END = b"--b--\r\n"


def send(door: Door, content: bytes, kind: str = KIND) -> Any:
    """Upload these bytes; what is taken is removed again."""
    answer = door.admin("POST", WHERE, content=content, headers={"content-type": kind.encode()})
    assert answer.status_code in (201, 202, 400, 409, 413), answer.text
    if answer.status_code in (201, 202):
        item = door.admin("GET", f"/api/v1/items/{answer.json()['data']['item_id']}").json()["data"]
        assert 0 < len(item["filename"]) <= 200
        assert not set(item["filename"]) & set("/\\\0\r\n\u202e")
        load = door.admin("GET", f"/api/v1/items/{item['item_id']}/versions/1/file")
        assert load.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert unquote(load.headers["content-disposition"].partition("''")[2]) == item["filename"]
        assert load.headers["content-type"] == "application/octet-stream"
        assert door.admin("DELETE", f"/api/v1/admin/items/{item['item_id']}").status_code == 200
    return answer


@pytest.mark.parametrize(
    "disposition",
    [
        b'filename="../../../../etc/passwd.md"', b'filename="/etc/passwd.md"', b'filename="C:\\\\evil\\\\x.md"',
        b'filename="..\\\\..\\\\evil.md"', b'filename="a\x00b.md"', b'filename="a%00b.md"', b'filename="a\\"b.md"',
        b'filename="a%0d%0aX-Evil: 1.md"',
        b"filename=evil.md",
        b'filename=".."', b'filename="."', b'filename=" "', b'filename="...md"', b'filename=".md"', b'filename="CON.md"',
        b'filename="~/.ssh/evil.md"', b'filename="' + LONG.encode() + b'.md"', b'filename="x.md"; filename="../evil.md"',
        b"filename*=UTF-8''..%2F..%2Fevil.md", b"filename*=UTF-8''%00evil.md", b"filename*=utf-16''%ff%fe", b"filename*=UTF-8''%ff",
        b"filename*='';;''x.md", b"filename*=x", b"filename*", b'filename*0="../"; filename*1="evil.md"',
        b'filename="a.md"; filename*=UTF-8\'\'..%2Fevil.md', 'filename="ü\u202emd.exe"'.encode(), b'filename="\xff\xfe.md"',
        b'filename="=?utf-8?B?Li4vZXZpbA==?="', b'filename="$(touch evil)`id`|evil.md"', b'filename="<img src=x onerror=1>.md"',
        b'filename="\'; DROP TABLE items; --.md"',
    ],
)  # fmt: skip
def test_a_name_is_only_a_word(door: Door, disposition: bytes) -> None:
    send(door, part(b'Content-Disposition: form-data; name="file"; ' + disposition) + END)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (part(FILE) + END, "multipart/form-data", 400),
        (part(FILE) + END, "multipart/form-data; boundary=", 400),
        (part(FILE) + END, "multipart/form-data; boundary=other", 400),
        (part(FILE) + END, "multipart/form-data; boundary=" + "b" * 10_000, 400),
        (part(FILE) + END, "multipart/form-data; boundary=ü", 400),
        (part(FILE) + END, "multipart/mixed; boundary=b", 400),
        (part(FILE) + END, "application/x-www-form-urlencoded", 400),
        (part(FILE) + END, "text/plain", 400),
        (part(FILE) + END, "", 400),
        (b"", KIND, 400),
        (END, KIND, 400),
        (b"--b\r\n", KIND, 400),
        (b"garbage" * 1000, KIND, 400),
        (part(FILE)[:-2], KIND, 400),
        (part(b"X: y") + END, KIND, 400),
        (part(b'Content-Disposition: form-data; name="file"') + END, KIND, 400),
        (part(b'Content-Disposition: attachment; filename="a.md"') + END, KIND, 400),
        (part(b'Content-Disposition: form-data; name=""; filename="a.md"') + END, KIND, 400),
        (part(b'Content-Disposition: form-data; name="\x00"; filename="a.md"') + END, KIND, 400),
        (part(b"Content-Disposition: " + b"x" * 60_000) + END, KIND, 400),
        (part(FILE + b"".join(b"\r\nX-%d: y" % number for number in range(5000))) + END, KIND, 400),
        (part(FILE + b"\r\nContent-Type: multipart/mixed; boundary=c", b"--c\r\n\r\nx\r\n--c--") + END, KIND, None),
        (part(FILE + b"\r\nContent-Transfer-Encoding: base64", b"Li4v") + END, KIND, None),
        (part(FILE + b"\r\nContent-Type: ../../evil") + END, KIND, 201),
        (part(FILE) + part(FILE) + END, KIND, None),
        (part(FILE) + field("file", "x") + END, KIND, 400),
        (part(FILE) + part(FILE.replace(b'"file"', b'"tags"')) + END, KIND, 400),
        (part(FILE) + field("kind", "note") * 50 + END, KIND, None),
        (part(FILE) + field("nie", "x") + END, KIND, 400),
        (part(FILE) + field("wait", "9" * 5000) + END, KIND, 400),
        (part(FILE) + field("wait", "NaN") + END, KIND, 400),
        (part(FILE) + field("tags", "a\0b") + END, KIND, 400),
        (part(FILE) + field("tags", "x" * 100_000) + END, KIND, 400),
        (part(FILE) + field("tags", ",".join(map(str, range(10_000)))) + END, KIND, 400),
        (part(FILE) + field("tags", "x") * 2_000 + END, KIND, 400),
        (part(FILE) + part(FILE.replace(b'"file"', b'"evil"')) * 2_000 + END, KIND, 400),
        (part(FILE, b"") * 3_000 + END, KIND, 400),
        (b"--b\r\n" * 50_000, KIND, 400),
        (b"\r\n--b" * 50_000, KIND, 400),
        (b"file=x&" * 50_000, "application/x-www-form-urlencoded", 400),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else str(value),
)
def test_a_form_is_taken_or_a_wrong_request(door: Door, content: bytes, kind: str, status: int | None) -> None:
    answer = send(door, content, kind)
    assert status is None or answer.status_code == status, answer.text
    if answer.status_code >= 400:
        assert answer.json()["data"]["code"] in ("validation", "unsupported_file", "too_large")


PIECES = st.sampled_from(
    [
        b"--b",
        b"--b--",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        FILE,
        b"Content-Disposition:",
        b"Content-Type: text/plain",
        b";",
        b'"',
        b"=",
        b"\0",
        b"x",
        b"-",
    ]
)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.lists(PIECES | st.binary(max_size=8), max_size=30).map(b"".join))
def test_no_bytes_break_the_reading_of_forms(door: Door, content: bytes) -> None:
    send(door, content)
