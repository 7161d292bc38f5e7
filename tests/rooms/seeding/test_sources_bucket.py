"""Files of a bucket as a source: S3 (moto's server in this process) and a folder, through the engine that a setting opens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import obstore
import pytest

from nova.engines.buckets import bucket_shelf
from nova.engines.objects import Bucket, bucket_store
from nova.errors import InvalidInput, Misconfigured, NotFound, ServerAbsent, TooLarge
from nova.ports.sources import Batch
from nova.seeding.pipeline import load
from nova.seeding.sources.bucket import BucketSource
from nova.settings import Settings
from nova.wiring.seeding import source_of
from tests.fakes import s3

PIPELINE = (
    "name: eimer\ntitle: Aus dem Speicher\nlicence: eigen\npurpose: training\nsteps: [{harmonise: {}}]\nsource: {bucket: {prefix: ein}}"
)
Put = Callable[[str, bytes], None]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with s3.serve("fremd") as found:
        yield found


@pytest.fixture(params=["s3", "folder"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Put]:
    """A bucket's URL, empty below a prefix of its own, and how files come into it."""
    if request.param == "folder":

        def write(key: str, data: bytes) -> None:
            (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / key).write_bytes(data)

        return f"file://{tmp_path}", write
    found = request.getfixturevalue("address")
    prefix = tmp_path.name
    store = bucket_store(Bucket(found, "fremd", "key", "ge/heim", prefix=prefix))

    def put(key: str, data: bytes) -> None:
        obstore.put(store, key, data)

    return f"{found.replace('http://', 'http://key:ge%2Fheim@')}/fremd/{prefix}?region=eu-central-1", put


def names(batches: Iterator[Batch]) -> list[tuple[str, list[str | None]]]:
    return [(one.origin, list(one.columns.get("id", ()))) for one in batches]


def test_files_are_read_as_those_of_a_folder_and_once_each(place: tuple[str, Put], tmp_path: Path) -> None:
    url, put = place
    put("ein/b.csv", b"id;x\nb1;1\nb2;2\n")
    put("ein/tief/a.jsonl", b'{"id": "a1", "x": 1}\n')
    put("ein/kaputt.parquet", b"nichts")
    put("ein/bild.jpg", b"x")
    put("ein/.versteckt.csv", b"id;x\nv;1\n")
    put("aus/c.csv", b"id;x\nc1;1\n")
    source = source_of(load(PIPELINE, "eimer.yaml"), Settings(NOVA_DATA=tmp_path, NOVA_SEED_BUCKET_URL=url))
    batches = list(source.batches({}))
    assert names(iter(batches)) == [("ein/b.csv", ["b1", "b2"]), ("ein/kaputt.parquet", []), ("ein/tief/a.jsonl", ["a1"])]
    assert "Endung" in batches[1].problems[0]
    assert list(source.preview().columns["id"]) == ["b1", "b2"]
    assert list(source.batches(batches[-1].cursor)) == []
    put("ein/b.csv", b"id;x\nb1;1\nb2;2\nb3;3\n")
    assert names(source.batches(batches[-1].cursor)) == [("ein/b.csv", ["b1", "b2", "b3"])]


def test_a_file_that_is_gone_or_too_large_is_told(place: tuple[str, Put], tmp_path: Path) -> None:
    url, put = place
    put("a.csv", b"x" * 5_000)
    shelf = bucket_shelf(url)
    with pytest.raises(TooLarge):
        shelf.fetch("a.csv", tmp_path / "out.bin", 1_000)
    with pytest.raises(NotFound):
        shelf.fetch("fort.csv", tmp_path / "out.bin", 1_000)


def test_an_empty_bucket_has_nothing_to_show(place: tuple[str, Put]) -> None:
    url, put = place
    put("andere/a.csv", b"id;x\n1;2\n")
    with pytest.raises(InvalidInput, match="keine lesbare"):
        BucketSource("b", bucket_shelf(url), "leer").preview()


def test_a_server_that_is_not_there_is_absent_and_its_secret_is_not_told() -> None:
    with pytest.raises(ServerAbsent) as caught:
        list(bucket_shelf("http://key:geheim@127.0.0.1:1/eimer").files(""))
    assert "geheim" not in caught.value.message


@pytest.mark.parametrize("url", ["", "ftp://x/y", "https://host", "file:///gibt/es/nicht", "s3://eimer"])
def test_a_url_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured):
        bucket_shelf(url)


def test_a_pipeline_without_the_setting_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="NOVA_SEED_BUCKET_URL"):
        source_of(load(PIPELINE, "eimer.yaml"), Settings(NOVA_DATA=tmp_path))
