import json
from dataclasses import dataclass, field

import pytest

from nova.errors import InvalidInput, NotAllowed, ServerAbsent
from nova.ports.sources import Answer
from nova.seeding.sources.polite import Polite
from nova.seeding.sources.rest import PageSource, RestSource


@dataclass
class Server:
    """Answers by address, in turn; what is not there is 404. Its clock moves only by sleeping."""

    answers: dict[str, list[Answer]]
    asked: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        left = self.answers.get(url, [])
        if not left:
            return Answer(404, {}, b"")
        return left.pop(0) if len(left) > 1 else left[0]

    def polite(self, pause: float = 0.0) -> Polite:
        return Polite(self.get, pause, self.slept.append, lambda: sum(self.slept))


def ok(value: object, **headers: str) -> Answer:
    return Answer(200, headers, json.dumps(value).encode())


URL = "https://x.example/api"


def ids(source: RestSource, cursor: dict[str, object] | None = None) -> list[str | None]:
    return [one for batch in source.batches(cursor or {}) for one in batch.columns["id"]]


def test_pages_by_number_end_at_the_first_empty_one() -> None:
    server = Server({f"{URL}?page=1": [ok([{"id": 1}])], f"{URL}?page=2": [ok([{"id": 2}])], f"{URL}?page=3": [ok([])]})
    assert ids(RestSource("r", URL, server.polite(), "page")) == ["1", "2"]


def test_pages_by_cursor_go_on_where_they_were_left() -> None:
    server = Server(
        {URL: [ok({"data": [{"id": 1}], "meta": {"next": "b c"}})], f"{URL}?after=b+c": [ok({"data": [{"id": 2}], "meta": {}})]}
    )
    source = RestSource("r", URL, server.polite(), "cursor", "after", "meta.next", "data")
    first, last = source.batches({})
    assert ids(source, dict(first.cursor)) == ["2"] and ids(source, dict(last.cursor)) == []


def test_pages_by_link_stay_on_their_server() -> None:
    server = Server(
        {
            URL: [ok([{"id": 1}], link='<https://x.example/api?p=2>; rel="next"')],
            f"{URL}?p=2": [ok([{"id": 2}], link='<https://evil.example/>; rel="next"')],
        }
    )
    with pytest.raises(InvalidInput, match="anderen Server"):
        ids(RestSource("r", URL, server.polite(), "link"))
    assert all(url.startswith(URL) for url in server.asked)


def test_pages_that_run_in_a_circle_end_with_an_error() -> None:
    server = Server({URL: [ok([{"id": 1}], link=f'<{URL}>; rel="next"')]})
    with pytest.raises(InvalidInput, match="Kreis"):
        ids(RestSource("r", URL, server.polite(), "link"))


def test_a_busy_server_gets_the_pause_it_asks_for() -> None:
    server = Server({URL: [Answer(429, {"retry-after": "7"}, b""), Answer(503, {}, b""), ok([{"id": 1}])]})
    assert ids(RestSource("r", URL, server.polite())) == ["1"]
    assert server.slept == [7.0, 2.0]


@pytest.mark.parametrize("headers", [{}, {"retry-after": "99999"}, {"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}])
def test_a_server_that_stays_busy_is_absent(headers: dict[str, str]) -> None:
    server = Server({URL: [Answer(503, headers, b"")]})
    with pytest.raises(ServerAbsent):
        server.polite().fetch(URL)
    assert len(server.asked) == (1 if headers else 5)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"[1, 2]", b'"x"'])
def test_an_answer_that_is_no_records_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        ids(RestSource("r", URL, Server({URL: [Answer(200, {}, body)]}).polite()))


def test_robots_and_crawl_delay_are_kept() -> None:
    robots = Answer(200, {}, b"User-agent: *\nCrawl-delay: 3\nDisallow: /intern\n")
    pages = [f"https://x.example/{name}" for name in ("a", "intern/b", "c")]
    server = Server({"https://x.example/robots.txt": [robots], **{url: [Answer(200, {}, b"hallo")] for url in pages}})
    found = list(PageSource("p", pages, server.polite()).batches({}))
    assert [bool(one.columns) for one in found] == [True, False, True] and "robots.txt" in found[1].problems[0]
    assert pages[1] not in server.asked and server.slept == [3.0, 3.0]
    assert [one for one in PageSource("p", pages, server.polite()).batches(found[-1].cursor) if one.columns] == []


def test_a_server_whose_robots_file_fails_is_left_alone() -> None:
    server = Server({"https://x.example/robots.txt": [Answer(500, {}, b"")], "https://x.example/a": [Answer(200, {}, b"x")]})
    with pytest.raises(NotAllowed):
        server.polite().page("https://x.example/a")
