"""Interfaces that give JSON in pages, and web pages, as sources; both go out by the one function they are given."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.ports.sources import Answer, Batch, Cursor, Sample
from nova.seeding.sources.files import with_ids
from nova.seeding.sources.json_rows import json_frame, load_json
from nova.seeding.sources.polite import Polite
from nova.seeding.sources.reading import Problems, told
from nova.seeding.step import ID

Paging = Literal["none", "page", "cursor", "link"]
MOST_PAGES = 10_000
SAMPLE = 10
GONE = "gone"
_NEXT = re.compile(r'<([^>]{1,2000})>[^,]{0,200}?;\s*rel="?next"?')


@dataclass(frozen=True, slots=True)
class RestSource:
    """JSON behind `url`: by page number (`parameter`, from 1, to the first empty page), by a cursor in the answer
    (`cursor_at`, a dotted path, handed back as `parameter`) or by the `Link` header.

    `records_at` is the dotted path of the list; without it, the only list of objects is taken. A next address on another host is refused.
    """

    name: str
    url: str
    polite: Polite
    paging: Paging = "none"
    parameter: str = "page"
    cursor_at: str = "next"
    records_at: str | None = None
    id_column: str | None = None
    licence: str | None = None

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch a page; the cursor is `{"taken": {address: sha256}}`. All pages are asked for, since new records may come first; one
        comes again only when its bytes have changed, and empty where there is no such page any more.
        """
        taken = dict(cursor.get("taken", {}))
        seen: set[str] = set()
        for url, records, digest in self._walk():
            seen.add(url)
            if taken.get(url) != digest:
                taken[url] = digest
                yield self._batch(records, url, digest, {"taken": dict(taken)})
        for gone in [one for one in taken if one not in seen and taken[one] != GONE]:
            taken[gone] = GONE
            yield Batch({}, {"taken": dict(taken)}, gone, "", datetime.now(UTC), mark=GONE)

    def _walk(self) -> Iterator[tuple[str, Any, str]]:
        """Each page that holds records: its address, these, and the hash of its bytes."""
        url: str | None = self._first()
        seen: set[str] = set()
        while url is not None:
            if url in seen or len(seen) >= MOST_PAGES:
                raise InvalidInput(f"Die Seiten der Quelle „{self.name}“ hören nicht auf oder laufen im Kreis.")
            seen.add(url)
            answer = self.polite.fetch(url)
            value = load_json(answer.data.decode("utf-8", "replace"))
            records = _at(value, self.records_at) if self.records_at else value
            if not _holds(records):
                return
            onwards = self._next(url, answer, value)
            yield url, records, hashlib.sha256(answer.data).hexdigest()
            url = onwards

    def preview(self) -> Sample:
        """Ten records of the first page."""
        batch = next(self.batches({}), None)
        if batch is None:
            return Sample({}, {}, ("Die Quelle enthält keine Datensätze.",))
        return Sample({name: list(values)[:SAMPLE] for name, values in batch.columns.items()}, {}, batch.problems)

    def _batch(self, records: Any, url: str, digest: str, cursor: Cursor) -> Batch:
        problems = Problems()
        frame = with_ids(json_frame(records, problems), problems, self.id_column)
        return Batch(frame.to_dict(as_series=False), cursor, url, digest, datetime.now(UTC), tuple(map(told, problems.told())), digest)

    def _first(self) -> str:
        return _with(self.url, self.parameter, "1") if self.paging == "page" else self.url

    def _next(self, url: str, answer: Answer, value: Any) -> str | None:
        if self.paging == "page":
            number = dict(parse_qsl(urlsplit(url).query)).get(self.parameter, "1")
            return _with(url, self.parameter, str(int(number) + 1)) if number.isdigit() else None
        if self.paging == "cursor":
            token = _at(value, self.cursor_at)
            return _with(self.url, self.parameter, str(token)) if token not in (None, "", False) else None
        if self.paging == "link":
            found = _NEXT.search(answer.headers.get("link", ""))
            return self._same_host(urljoin(url, found[1])) if found else None
        return None

    def _same_host(self, url: str) -> str:
        if urlsplit(url)[:2] != urlsplit(self.url)[:2]:
            raise InvalidInput(f"Die Quelle „{self.name}“ verweist auf einen anderen Server; dorthin folgt Nova nicht.")
        return url


@dataclass(frozen=True, slots=True)
class PageSource:
    """Web pages by their addresses, as robots.txt allows; a record is `id` (address), `text`, `content_type`."""

    name: str
    urls: Sequence[str]
    polite: Polite
    licence: str | None = None

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch a page; the cursor is `{"taken": {address: sha256}}`: a page comes again when its bytes have changed."""
        taken = dict(cursor.get("taken", {}))
        for url in self.urls:
            try:
                answer = self.polite.page(url)
            except (NotAllowed, NotFound) as error:
                taken[url] = error.code
                yield Batch({}, {"taken": dict(taken)}, url, "", datetime.now(UTC), (error.message,), error.code)
                continue
            digest = hashlib.sha256(answer.data).hexdigest()
            if taken.get(url) != digest:
                taken[url] = digest
                kind = answer.headers.get("content-type", "").partition(";")[0]
                columns = {ID: [url], "text": [answer.data.decode("utf-8", "replace").replace("\0", "")], "content_type": [kind]}
                yield Batch(columns, {"taken": dict(taken)}, url, digest, datetime.now(UTC), mark=digest)

    def preview(self) -> Sample:
        """The first page that may be read."""
        batch = next((one for one in self.batches({}) if one.columns), None)
        return Sample(batch.columns, {}) if batch else Sample({}, {}, ("Keine der Seiten darf oder kann abgerufen werden.",))


def _holds(records: Any) -> bool:
    """Whether there is a record in it: an empty list, or an object whose only lists are empty, is the end."""
    if isinstance(records, dict):
        lists = [inner for inner in records.values() if isinstance(inner, list)]
        return bool(records) and (not lists or any(lists))
    return bool(records)


def _at(value: Any, path: str) -> Any:
    """What stands at a dotted path; None where nothing does."""
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _with(url: str, parameter: str, value: str) -> str:
    parts = urlsplit(url)
    query = [(name, old) for name, old in parse_qsl(parts.query, keep_blank_values=True) if name != parameter]
    return urlunsplit(parts._replace(query=urlencode([*query, (parameter, value)])))
