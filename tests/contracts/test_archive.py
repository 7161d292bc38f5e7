"""A snapshot's file: what was written comes back, or an error says why not; what `tar`, `sha256sum` and age read."""

import base64
import errno
import gzip
import hashlib
import io
import subprocess
import tarfile
import tempfile
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.engines import age, archive
from nova.engines.age_header import Header, Pair, Stanza, for_passphrase, new_pair, opened_by_pair, opened_by_passphrase, read
from nova.engines.archive import Key
from nova.errors import BadSnapshot, InvalidInput
from nova.jobs.snapshots.unpack import unpack

HEAD = {"nova": "0.1.0", "snapshot_id": "01a1"}
MEMBERS = {
    "settings.json": b"{}",
    "objects/docs/raw/" + "a" * 64: bytes(range(256)) * 9000,
    "objects/docs/processed/" + "b" * 64: "Größe und Maß\n".encode() * 5000,
}
PACKED = "objects/docs/processed/"
PASSPHRASE = "ein langes Kennwort mit Ä"


def packed(recipient: str = "", head: dict[str, str] = HEAD) -> bytes:
    target = io.BytesIO()
    with archive.writing(target, head, recipient) as writer:
        for name, content in MEMBERS.items():
            writer.add_blocks(name, [content[:1000], content[1000:]], packed=name.startswith(PACKED))
        writer.finish({"counts": {"items": 3}})
    return target.getvalue()


def unpacked(data: bytes, key: Key = Key()) -> dict[str, bytes]:  # noqa: B008 - a value
    with archive.reading(io.BytesIO(data), key) as reader:
        found = {member.name.removesuffix(".gz"): b"".join(member.blocks()) for member in reader.members()}
        assert reader.manifest["counts"] == {"items": 3}
    return found


@cache
def plain() -> bytes:
    return packed()


@cache
def pair() -> Pair:
    return new_pair()


@cache
def sealed() -> bytes:
    return packed(pair().recipient)


def test_what_was_written_comes_back() -> None:
    assert unpacked(plain()) == MEMBERS
    assert unpacked(sealed(), Key(identity=pair().identity)) == MEMBERS
    assert sealed()[:50].startswith(b"age-encryption.org/v1")
    assert archive.encrypted(io.BytesIO(sealed()))
    assert not archive.encrypted(io.BytesIO(plain()))


def test_tar_and_sha256sum_read_it(tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(plain())) as tar:
        tar.extractall(tmp_path, filter="data")
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK") == len(MEMBERS)
    assert hashlib.sha256((tmp_path / "SHA256SUMS").read_bytes()).hexdigest() in (tmp_path / "manifest.json").read_text()


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1))
def test_a_file_cut_short_is_refused(share: float) -> None:
    for data, key in ((plain(), Key()), (sealed(), Key(identity=pair().identity))):
        end = len(data) if data is sealed() else len(data.rstrip(b"\0"))  # a tar ends in zeros that say nothing
        with pytest.raises(BadSnapshot):
            unpacked(data[: min(int(share * end), end - 1)], key)


@settings(max_examples=150, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_bit_is_refused_or_changes_nothing(share: float, bit: int) -> None:
    for data, key in ((plain(), Key()), (sealed(), Key(identity=pair().identity))):
        changed = bytearray(data)
        changed[int(share * len(data))] ^= 1 << bit
        try:
            found = unpacked(bytes(changed), key)
        except (BadSnapshot, InvalidInput):
            continue
        assert found == MEMBERS
        assert data is plain(), "encrypted, every bit counts"


def test_a_member_left_out_added_or_swapped_is_refused() -> None:
    source = tarfile.open(fileobj=io.BytesIO(plain()))  # noqa: SIM115 - in memory
    entries = [(info, cast(BinaryIO, source.extractfile(info)).read()) for info in source.getmembers()]
    for changed in (
        entries[:2] + entries[3:],
        [*entries[:2], entries[1], *entries[2:]],
        [entries[0], entries[2], entries[1], *entries[3:]],
    ):
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w") as tar:
            for info, content in changed:
                tar.addfile(info, io.BytesIO(content))
        with pytest.raises(BadSnapshot):
            unpacked(target.getvalue())


def named(*members: tuple[str, bytes]) -> bytes:
    """A tar of these members, in order."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return target.getvalue()


@pytest.mark.parametrize("sums", [b"\n", b" \n", b"\n\n", b"x"])
def test_a_list_of_sums_that_is_none_is_refused(sums: bytes) -> None:
    with pytest.raises(BadSnapshot, match="beschädigt"):
        unpacked(named((archive.HEAD, b'{"format": 1}'), (archive.SUMS, sums)))


@pytest.mark.parametrize("second", ["index/a", "index/a.gz", "index/a/b"])
def test_a_member_given_twice_is_refused(second: str, tmp_path: Path) -> None:
    (tmp_path / "nova.tar").write_bytes(named((archive.HEAD, b'{"format": 1}'), ("index/a", b"x"), (second, gzip.compress(b"y"))))
    with pytest.raises(BadSnapshot, match="zweimal"):
        unpack(tmp_path / "nova.tar", Key(), tmp_path / "data", lambda *_: None)


@pytest.mark.parametrize("share", ["!", "AAAA", base64.b64encode(bytes(32)).decode().rstrip("=")], ids=["no base64", "short", "low order"])
def test_a_share_that_is_none_is_refused(share: str) -> None:
    header = Header((Stanza("X25519", (share,), bytes(32)),), b"", b"")
    with pytest.raises(BadSnapshot, match="am Anfang beschädigt"):
        opened_by_pair(header, pair())


@pytest.mark.parametrize("work", ["0", "23", "9" * 5000, "x"])
def test_work_that_nobody_would_do_is_refused(work: str) -> None:
    with pytest.raises(BadSnapshot, match="am Anfang beschädigt"):
        opened_by_passphrase(Header((Stanza("scrypt", ("AAAA", work), bytes(32)),), b"", b""), PASSPHRASE)


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "objects/../../x", "a//b", "x" * 200])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        head = tarfile.TarInfo(archive.HEAD)
        text = b'{"format": 1}'
        head.size = len(text)
        tar.addfile(head, io.BytesIO(text))
        tar.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    with pytest.raises(BadSnapshot), archive.reading(io.BytesIO(target.getvalue()), Key()) as reader:
        list(reader.members())


def test_a_link_is_refused() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        entry = tarfile.TarInfo(archive.HEAD)
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(BadSnapshot), archive.reading(io.BytesIO(target.getvalue()), Key()):
        pass


@pytest.mark.parametrize("recipient", ["", "sealed"])
def test_a_later_format_is_named(recipient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(archive, "FORMAT", archive.FORMAT + 1)
        data = packed(pair().recipient if recipient else "", {"nova": "9.9.0"})
    with pytest.raises(BadSnapshot, match=r"Format 2 \(Nova 9\.9\.0\).*neuere Version"):
        unpacked(data, Key(identity=pair().identity))


@pytest.mark.parametrize("data", [b"", b"x" * 5000, b"%PDF-1.7", bytes(10_240)])
def test_another_file_is_no_snapshot(data: bytes) -> None:
    with pytest.raises(BadSnapshot):
        unpacked(data)


def test_a_wrong_key_or_none_is_named() -> None:
    with pytest.raises(BadSnapshot, match="Schlüssel passt nicht"):
        unpacked(sealed(), Key(identity=new_pair().identity))
    with pytest.raises(BadSnapshot, match="verschlüsselt"):
        unpacked(sealed())
    with pytest.raises(BadSnapshot, match="nicht mit einem Kennwort"):
        unpacked(sealed(), Key(passphrase=PASSPHRASE))
    with pytest.raises(InvalidInput, match="geheimen Schlüssel"):
        unpacked(sealed(), Key(identity=pair().recipient))
    with pytest.raises(InvalidInput, match="öffentliche Schlüssel"):
        archive.recipient(pair().recipient[:-1] + "q")


def with_passphrase() -> bytes:
    target = io.BytesIO()
    archive.reseal(io.BytesIO(sealed()), target, pair(), PASSPHRASE, work=8)
    return target.getvalue()


def test_a_passphrase_takes_the_place_of_the_key_and_age_opens_the_result() -> None:
    data = with_passphrase()
    assert unpacked(data, Key(passphrase=PASSPHRASE)) == MEMBERS
    assert pyrage.passphrase.decrypt(data, PASSPHRASE) == pyrage.decrypt(sealed(), [pyrage.x25519.Identity.from_str(pair().identity)])
    with pytest.raises(BadSnapshot, match="Kennwort passt nicht"):
        unpacked(data, Key(passphrase="ein anderes Kennwort"))
    with pytest.raises(BadSnapshot, match="Schlüssel passt nicht"):
        unpacked(data, Key(identity=pair().identity))


def test_an_identity_file_of_age_opens_it() -> None:
    file = f"# created: 2026-11-21\n# public key: {pair().recipient}\n{new_pair().identity}\n{pair().identity}\n"
    assert unpacked(sealed(), Key(identity=file)) == MEMBERS
    assert str(pyrage.x25519.Identity.from_str(pair().identity).to_public()) == pair().recipient


@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=200_000), passphrase=st.text(min_size=1, max_size=40))
def test_headers_are_exchanged_for_any_content_and_passphrase(content: bytes, passphrase: str) -> None:
    source = io.BytesIO(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(pair().recipient)]))
    key = opened_by_pair(read(source), pair())
    assert pyrage.passphrase.decrypt(for_passphrase(key, passphrase, work=4) + source.read(), passphrase) == content


@settings(max_examples=200, deadline=None)
@given(start=st.binary(max_size=300))
def test_a_header_of_anything_is_read_or_refused(start: bytes) -> None:
    with pytest.raises(BadSnapshot):
        read(io.BytesIO(age.MAGIC + start))


class Full(io.RawIOBase):
    """A disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        size = len(cast(bytes, data))
        self.room -= size
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return size


@pytest.mark.parametrize("room", [0, 500, 100_000, 2_000_000])
@pytest.mark.parametrize("recipient", ["", "sealed"])
def test_a_full_disk_is_told_as_such(room: int, recipient: str) -> None:
    def write() -> None:
        with archive.writing(cast(BinaryIO, Full(room)), HEAD, pair().recipient if recipient else "") as writer:
            for name, content in MEMBERS.items():
                writer.add_blocks(name, [content])
            writer.finish({})

    with pytest.raises(OSError) as told:
        write()
    assert told.value.errno == errno.ENOSPC


def test_memory_does_not_grow_with_the_content() -> None:
    """A hundred megabytes pass through encryption, archive and back."""

    def pieces() -> Iterator[bytes]:
        block = bytes(range(256)) * 4096
        for _ in range(100):
            yield block

    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        with archive.writing(file, HEAD, pair().recipient) as writer:
            writer.add_blocks("objects/docs/raw/" + "c" * 64, pieces())
            writer.finish({"counts": {"items": 3}})
        file.seek(0)
        with archive.reading(file, Key(identity=pair().identity)) as reader:
            assert sum(len(block) for member in reader.members() for block in member.blocks()) == 100 << 20
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 24 << 20
