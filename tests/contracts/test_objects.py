"""The contract of `Objects`, run on the folder and on S3 (moto's server in this process)."""

import hashlib
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.objects import Bucket, StoredObjects, bucket_objects, checked, folder_objects
from nova.errors import InvalidInput, Misconfigured, NotFound, ServerAbsent
from tests.fakes import s3

KEY = "docs/raw/" + hashlib.sha256(b"nova").hexdigest()


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with s3.serve() as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> StoredObjects:
    if request.param == "folder":
        return folder_objects(tmp_path / "objects")
    address = request.getfixturevalue("s3_address")
    return bucket_objects(Bucket(address, "nova", "key", "secret", prefix=hashlib.sha256(str(tmp_path).encode()).hexdigest()))


def test_what_was_put_comes_back(objects: StoredObjects) -> None:
    objects.put(KEY, b"\x00Strom\xff")
    assert objects.get(KEY) == b"\x00Strom\xff"
    assert objects.exists(KEY)


def test_an_open_file_can_be_put(objects: StoredObjects) -> None:
    objects.put(KEY, io.BytesIO(b"x" * 3_000_000))
    assert len(objects.get(KEY)) == 3_000_000


def test_a_large_object_comes_in_pieces(objects: StoredObjects) -> None:
    content = bytes(range(256)) * 20_000
    objects.put(KEY, content)
    pieces = list(objects.blocks(KEY))
    assert b"".join(pieces) == content
    assert len(pieces) > 1
    with pytest.raises(NotFound):
        next(objects.blocks(KEY + "0"))
    assert (objects.part(KEY, 0, 3), objects.part(KEY, 300, 2), objects.part(KEY, len(content) - 1, 1)) == (b"\0\1\2", b",-", b"\xff")
    with pytest.raises(NotFound):
        objects.part(KEY + "0", 0, 1)


def test_putting_again_replaces_the_whole_object(objects: StoredObjects) -> None:
    objects.put(KEY, b"a long first version")
    objects.put(KEY, b"short")
    assert objects.get(KEY) == b"short"


def test_an_empty_object_is_an_object(objects: StoredObjects) -> None:
    objects.put(KEY, b"")
    assert objects.exists(KEY)
    assert objects.get(KEY) == b""


def test_an_absent_object_is_not_found(objects: StoredObjects) -> None:
    assert not objects.exists(KEY)
    with pytest.raises(NotFound):
        objects.get(KEY)


def test_deleting_twice_is_fine(objects: StoredObjects) -> None:
    objects.put(KEY, b"x")
    objects.delete(KEY)
    objects.delete(KEY)
    assert not objects.exists(KEY)


def test_keys_are_listed_below_whole_path_parts(objects: StoredObjects) -> None:
    for key in ("docs/raw/a", "docs/raw/b", "docs/rawer/c", "docs/processed/d"):
        objects.put(key, b"x")
    assert sorted(objects.keys("docs/raw")) == ["docs/raw/a", "docs/raw/b"]
    assert sorted(objects.keys("docs/raw/")) == ["docs/raw/a", "docs/raw/b"]
    assert len(list(objects.keys(""))) == 4
    assert list(objects.keys("nothing/here")) == []


def test_more_keys_than_one_answer_holds(objects: StoredObjects) -> None:
    for number in range(60):
        objects.put(f"many/{number:03d}", b"")
    assert len(list(objects.keys("many"))) == 60


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../x", "docs/../../x", "docs//x", "docs/", "Docs/x", "a b", "a\x00b", "ä", "docs/.hidden", "x" * 600]
)
def test_odd_keys_are_refused_by_every_call(objects: StoredObjects, key: str) -> None:
    for call in (lambda: objects.put(key, b"x"), lambda: objects.get(key), lambda: objects.exists(key), lambda: objects.delete(key)):
        with pytest.raises(InvalidInput):
            call()


@given(st.text(max_size=40))
def test_no_accepted_key_leaves_the_folder(key: str) -> None:
    try:
        checked(key)
    except InvalidInput:
        return
    root = Path("/srv/nova")
    assert root in (root / key).resolve().parents


def test_a_reader_never_sees_half_an_object(objects: StoredObjects) -> None:
    old, new = b"a" * 2_000_000, b"b" * 2_000_000
    objects.put(KEY, old)
    seen: set[bytes] = set()
    writer = threading.Thread(target=lambda: [objects.put(KEY, data) for data in (new, old, new, old)])
    writer.start()
    while writer.is_alive():
        seen.add(objects.get(KEY))
    writer.join()
    assert seen <= {old, new}


def test_health_names_the_place(objects: StoredObjects) -> None:
    health = objects.health()
    assert health["name"] in ("folder", "s3")
    assert health["place"]


def test_an_absent_server_is_named_and_does_not_hang() -> None:
    objects = bucket_objects(Bucket("http://127.0.0.1:9", "nova", "key", "secret", timeout_s=1))
    with pytest.raises(ServerAbsent, match=r"127\.0\.0\.1:9/nova"):
        objects.health()


def test_a_bucket_that_is_not_there_is_an_absent_server(s3_address: str) -> None:
    with pytest.raises(ServerAbsent):
        bucket_objects(Bucket(s3_address, "other", "key", "secret", timeout_s=2)).health()


def test_an_address_that_is_none_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match="ftp://host"):
        bucket_objects(Bucket("ftp://host", "nova", "key", "secret"))


def test_no_key_is_shown_in_the_place() -> None:
    objects = bucket_objects(Bucket("http://user:secret@127.0.0.1:9", "nova", "key", "secret", timeout_s=1))
    with pytest.raises(ServerAbsent) as raised:
        objects.health()
    assert "secret" not in raised.value.message.split(":", 3)[0]
