"""Interfaces and pages as a pipeline names them, through Nova's one way out, from a server on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.errors import BlockedAddress, InvalidInput, TooLarge
from nova.ports.sources import Batch, Source
from nova.seeding.pipeline import load
from nova.settings import Settings
from nova.wiring.seeding import source_of
from tests.fakes.web import Web, serve

HEAD = "name: netz\ntitle: Aus dem Netz\nlicence: cc-by\npurpose: training\nsteps: [{harmonise: {}}]\nsource: "


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as server:
        yield server


def opened(source: str, tmp_path: Path, **given: object) -> Source:
    settings = Settings(**{"NOVA_DATA": tmp_path, "NOVA_FETCH_ALLOW": "127.0.0.1", **given})  # type: ignore[arg-type]
    return source_of(load(HEAD + source, "netz.yaml"), settings)


def ids(batches: Iterator[Batch]) -> list[str | None]:
    return [one for batch in batches for one in batch.columns.get("id", ())]


def answered(web: Web, path: str, value: object, *headers: str) -> None:
    web.page(path, json.dumps(value).encode(), "Content-Type: application/json", *headers)


def test_an_interface_is_read_page_by_page_with_the_token_of_the_setting(web: Web, tmp_path: Path) -> None:
    answered(web, "/api", {"data": [{"nr": "a"}, {"nr": "b"}], "meta": {"next": "2"}})
    answered(web, "/api?after=2", {"data": [{"nr": "c"}], "meta": {"next": None}})
    spec = (
        f"{{rest: {{url: '{web.url('/api')}', paging: cursor, parameter: after, cursor_at: meta.next, records_at: data, id: nr,"
        " token: NOVA_SEED_REST_TOKEN, pause: 0}}"
    )
    source = opened(spec, tmp_path, NOVA_SEED_REST_TOKEN="geheim")
    assert ids(source.batches({})) == ["a", "b", "c"]
    assert all("authorization: bearer geheim" in one.lower() for one in web.requests)
    assert list(source.preview().columns["id"]) == ["a", "b"]
    with pytest.raises(InvalidInput, match="NOVA_SEED_REST_TOKEN"):
        opened(spec, tmp_path)


def test_a_token_goes_nowhere_unencrypted_outside_the_company(tmp_path: Path) -> None:
    spec = "{rest: {url: 'http://8.8.8.8/api', token: NOVA_SEED_REST_TOKEN}}"
    with pytest.raises(InvalidInput, match="https"):
        opened(spec, tmp_path, NOVA_SEED_REST_TOKEN="geheim").preview()


def test_pages_are_read_as_robots_txt_lets_nova(web: Web, tmp_path: Path) -> None:
    web.page("/robots.txt", b"User-agent: *\nDisallow: /intern\n")
    web.page("/a", b"hallo", "Content-Type: text/html; charset=utf-8")
    web.page("/intern/b", b"geheim")
    spec = f"{{pages: {{urls: ['{web.url('/a')}', '{web.url('/intern/b')}', '{web.url('/fort')}'], pause: 0}}}}"
    batches = list(opened(spec, tmp_path).batches({}))
    assert [list(one.columns.get("text", ())) for one in batches] == [["hallo"], [], []]
    assert not any("/intern" in one.split("\r\n")[0] for one in web.requests)
    assert ids(opened(spec, tmp_path).batches(batches[-1].cursor)) == []


def test_a_redirect_is_named_and_not_followed(web: Web, tmp_path: Path) -> None:
    web.page("/api", b"", "Location: /neu", status="302 Found")
    with pytest.raises(InvalidInput, match="/neu"):
        opened(f"{{rest: {{url: '{web.url('/api')}'}}}}", tmp_path).preview()
    assert len(web.requests) == 1


def test_what_lies_inside_the_company_is_read_only_where_it_is_allowed(web: Web, tmp_path: Path) -> None:
    with pytest.raises(BlockedAddress):
        opened(f"{{rest: {{url: '{web.url('/api')}'}}}}", tmp_path, NOVA_FETCH_ALLOW="10.0.0.1").preview()
    assert web.requests == []


def test_an_answer_that_is_too_large_is_refused(web: Web, tmp_path: Path) -> None:
    web.pages["/api"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    with pytest.raises(TooLarge):
        opened(f"{{rest: {{url: '{web.url('/api')}'}}}}", tmp_path).preview()


@pytest.mark.parametrize(
    "spec",
    [
        "{rest: {url: 'ftp://x.example/'}}",
        "{rest: {url: 'https://x.example/', token: ADMIN_API_KEY}}",
        "{rest: {url: 'https://x.example/', seiten: 3}}",
        "{pages: {urls: []}}",
        "{pages: {urls: ['https://x.example/']}, sample: {table: tickets}}",
    ],
)
def test_a_source_that_is_wrong_is_refused_when_the_pipeline_is_read(spec: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"netz\.yaml"):
        opened(spec, tmp_path)
