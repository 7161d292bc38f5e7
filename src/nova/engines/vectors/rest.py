"""Points, scopes and marks in; calls of `qdrant-client` on one collection out, with a German name for whatever goes wrong.

The only file that imports `qdrant_client`; import it lazily, the package is an extra and takes over a second. A call that a closed
connection broke is sent again once: most have no other effect then, and those that the server declines the second time look whether the
first was applied.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import httpx
from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException, ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from nova.engines.bounded import BoundedTransport, Bounds, TooMuch
from nova.engines.vectors.points import (
    DENSE,
    KEYWORDS,
    LEXICAL,
    OPEN_END,
    TIMES,
    NoCollection,
    Refused,
    checked_dense,
    checked_sparse,
    keywords,
    payload,
)
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent
from nova.records import Point, Scope, SparseVector

OLDEST = (1, 19)
RETRY_AFTER_S = 5
GARBAGE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    AssertionError,
    RecursionError,
)  # what the client lets through on a broken answer
EXACT_IDF = models.SearchParams(idf=models.IdfCorpusParams(corpus=models.Filter()))  # counts the points held now, not those removed before
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RestLimits:
    """Seconds to connect, for an answer to a question, and for one to a change; bytes of an answer."""

    connect_s: float = 2.0
    read_s: int = 5
    write_s: int = 60
    max_bytes: int = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What the server says of the collection: state, segments, the marks kept with it, and the size of its dense vectors (0: none)."""

    status: str
    segments: int
    marks: Mapping[str, Any]
    dense_size: int = 0


class _Broken(ServerAbsent):
    """The connection ended before the answer did."""


class Rest:
    """One collection of one server. Safe to use from many threads; every method raises ServerAbsent or Busy."""

    def __init__(self, url: str, key: str, collection: str, limits: RestLimits | None = None) -> None:
        self._limits = limits or RestLimits()
        self._collection = collection
        self._shown = _shown(url)
        bounds = Bounds(connect_s=self._limits.connect_s, max_bytes=self._limits.max_bytes)
        try:
            if not httpx.URL(url).host:
                raise ValueError(url)
            self._client = QdrantClient(
                url=url,
                headers={"api-key": key} if key else {},
                timeout=self._limits.read_s,
                check_compatibility=False,
                transport=BoundedTransport(bounds, tls=url.startswith("https:")),
                trust_env=False,
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise Misconfigured(f"NOVA_QDRANT_URL ist keine gültige Adresse: {self._shown}.") from error

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def version(self) -> str:
        """The server's version; Refused when it is older than Nova needs or no Qdrant."""
        found = self._call(self._client.info)
        parts = found.version.split("-")[0].split(".")
        if "qdrant" not in found.title.lower() or not all(part.isdigit() for part in parts):
            raise Refused(f"Unter {self._shown} antwortet etwas anderes als Qdrant.")
        if tuple(int(part) for part in parts[:2]) < OLDEST:
            least = ".".join(str(part) for part in OLDEST)
            raise Refused(f"Qdrant {found.version} unter {self._shown} ist zu alt; Nova braucht {least} oder neuer.")
        return found.version

    def held(self) -> CollectionState | None:
        """The collection, or None when there is none."""
        try:
            found = self._call(lambda: self._client.get_collection(self._collection))
        except NoCollection:
            return None
        vectors = found.config.params.vectors
        dense = vectors.get(DENSE) if isinstance(vectors, dict) else None
        return CollectionState(found.status.value, found.segments_count, found.config.metadata or {}, dense.size if dense else 0)

    def create(self, dense_size: int, marks: Mapping[str, Any]) -> None:
        """Make the collection unless it is there. One shard, because IDF is counted for each shard."""
        dense = {DENSE: models.VectorParams(size=dense_size, distance=models.Distance.COSINE)} if dense_size else {}
        lexical = {LEXICAL: models.SparseVectorParams(modifier=models.Modifier.IDF)}
        try:
            self._call(
                lambda: self._client.create_collection(
                    self._collection,
                    vectors_config=dense,
                    sparse_vectors_config=lexical,
                    shard_number=1,
                    metadata=dict(marks),
                    timeout=self._limits.write_s,
                )
            )
        except _Exists:
            return

    def index_fields(self) -> None:
        """Index the payload fields; what is indexed already stays so."""
        for name in KEYWORDS:
            self._index(name, models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD))
        for name in TIMES:
            self._index(name, models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, lookup=True, range=True))

    def _index(self, name: str, schema: models.KeywordIndexParams | models.IntegerIndexParams) -> None:
        self._call(lambda: self._client.create_payload_index(self._collection, name, schema, wait=True, timeout=self._limits.write_s))

    def drop(self) -> None:
        """Remove the collection; an absent one is fine."""
        self._call(lambda: self._client.delete_collection(self._collection, timeout=self._limits.write_s))

    def drop_dense(self) -> None:
        """Remove every dense vector and the room for them, applied when it returns."""
        self._resize(0, lambda: self._client.delete_vector_name(self._collection, DENSE, wait=True, timeout=self._limits.write_s))

    def make_dense(self, dense_size: int) -> None:
        """Make room for dense vectors, applied when it returns."""
        wanted = models.DenseVectorNameConfig(dense=models.DenseVectorConfig(size=dense_size, distance=models.Distance.COSINE))
        self._resize(
            dense_size, lambda: self._client.create_vector_name(self._collection, DENSE, wanted, wait=True, timeout=self._limits.write_s)
        )

    def _resize(self, dense_size: int, ask: Callable[[], object]) -> None:
        """Neither call may be repeated once it is applied, and an answer that was lost leaves that open."""
        try:
            self._call(ask)
        except ServerAbsent:
            held = self.held()
            if held is None or held.dense_size != dense_size:
                raise

    def mark(self, marks: Mapping[str, Any]) -> None:
        """Change marks kept with the collection."""
        self._call(lambda: self._client.update_collection(self._collection, metadata=dict(marks), timeout=self._limits.write_s))

    def upsert(self, points: Sequence[Point], dense_size: int) -> None:
        """Store points, applied when it returns; ValueError for a crooked vector."""
        stored = [_stored(point, dense_size) for point in points]
        self._call(lambda: self._client.upsert(self._collection, stored, wait=True, timeout=self._limits.write_s))

    def remove_ids(self, chunk_ids: Sequence[UUID]) -> None:
        """Remove these points, applied when it returns."""
        self._remove(models.PointIdsList(points=[str(chunk_id) for chunk_id in chunk_ids]))

    def remove_items(self, item_ids: Sequence[UUID]) -> None:
        """Remove every point of these items, applied when it returns."""
        self._remove(models.FilterSelector(filter=models.Filter(must=[_any_of("item_id", [str(item_id) for item_id in item_ids])])))

    def remove_all(self) -> None:
        """Remove every point, applied when it returns."""
        self._remove(models.FilterSelector(filter=models.Filter()))

    def _remove(self, which: models.PointIdsList | models.FilterSelector) -> None:
        self._call(lambda: self._client.delete(self._collection, which, wait=True, timeout=self._limits.write_s))

    def lexical(self, query: SparseVector, scope: Scope, limit: int) -> list[tuple[UUID, float]]:
        """The best by sparse vector, with IDF over the points held now."""
        return self._nearest(_sparse(query), LEXICAL, scope, limit, EXACT_IDF)

    def dense(self, vector: Sequence[float], scope: Scope, limit: int) -> list[tuple[UUID, float]]:
        """The nearest by dense vector."""
        return self._nearest(checked_dense(vector), DENSE, scope, limit, None)

    def _nearest(
        self, query: models.SparseVector | list[float], using: str, scope: Scope, limit: int, params: models.SearchParams | None
    ) -> list[tuple[UUID, float]]:
        def ask() -> list[tuple[UUID, float]]:
            answer = self._client.query_points(
                self._collection,
                query=query,
                using=using,
                query_filter=inside(scope),
                search_params=params,
                limit=limit,
                with_payload=False,
            )
            return [(UUID(str(point.id)), point.score) for point in answer.points]

        return self._call(ask)

    def page(self, after: UUID | None, size: int) -> tuple[list[UUID], UUID | None]:
        """A page of ids, and where the next begins."""

        def ask() -> tuple[list[UUID], UUID | None]:
            offset = None if after is None else str(after)
            records, following = self._client.scroll(self._collection, limit=size, offset=offset, with_payload=False, with_vectors=False)
            return [UUID(str(record.id)) for record in records], None if following is None else UUID(str(following))

        return self._call(ask)

    def count(self) -> int:
        """How many points there are."""
        return self._call(lambda: int(self._client.count(self._collection, exact=True).count))

    def foreign(self) -> Refused:
        """The error for a collection that is not Nova's."""
        return Refused(
            f"Die Sammlung „{self._collection}“ auf Qdrant unter {self._shown} gehört nicht dieser Nova-Installation. "
            "Bitte mit NOVA_QDRANT_COLLECTION einen anderen Namen wählen oder die Sammlung auf dem Server löschen."
        )

    def other_shape(self) -> Refused:
        """The error for a collection that another process has made anew in another form."""
        return Refused(
            f"Die Sammlung „{self._collection}“ auf Qdrant unter {self._shown} hat inzwischen eine andere Form. "
            "Alle Nova-Prozesse brauchen dieselbe Version; bitte neu starten."
        )

    def _call(self, ask: Callable[[], T]) -> T:
        try:
            with self._named():
                return ask()
        except _Broken:
            with self._named():
                return ask()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except ResourceExhaustedResponse as error:
            raise _busy(error.retry_after_s) from error
        except UnexpectedResponse as error:
            raise self._answered(error) from error
        except ResponseHandlingException as error:
            raise self._failed(error.source) from error
        except (ApiException, QdrantException, *GARBAGE) as error:
            raise self._absent("antwortet unverständlich") from error

    def _failed(self, source: Exception) -> ServerAbsent:
        """The error for a request that got no answer, or one that cannot be read."""
        if isinstance(source, (httpx.ConnectError, httpx.ConnectTimeout)):
            return self._absent("ist nicht erreichbar")
        if isinstance(source, httpx.TimeoutException):
            return self._absent("antwortet nicht rechtzeitig")
        if isinstance(source, TooMuch):
            return self._absent("sendet eine Antwort, die kein Ende hat")
        if isinstance(source, httpx.TransportError):
            return _Broken(self._words("hat die Verbindung abgebrochen"))
        return self._absent("antwortet unverständlich")

    def _answered(self, error: UnexpectedResponse) -> NovaError:
        """The error for an answer that says no."""
        status, said = error.status_code or 0, _said(error.content)
        if status in (401, 403):
            return Refused(self._words("lehnt den Schlüssel ab (NOVA_QDRANT_KEY)"))
        if status == 404 and "collection" in said.lower():
            return NoCollection(self._words(f"hat die Sammlung „{self._collection}“ nicht"))
        if status == 409:
            return _Exists(self._words(f"hat die Sammlung „{self._collection}“ schon"))
        if status == 429:
            return _busy(RETRY_AFTER_S)
        if status == 507:
            return self._absent("hat keinen Platz mehr")
        if 300 <= status < 400:
            return self._absent("leitet weiter; bitte die endgültige Adresse einstellen")
        return self._absent(f"lehnt ab (Antwort {status}){': ' + said if said else ''}")

    def _absent(self, what: str) -> ServerAbsent:
        return ServerAbsent(self._words(what))

    def _words(self, what: str) -> str:
        return f"Der Suchindex antwortet nicht: Qdrant unter {self._shown} {what}."


class _Exists(ServerAbsent):
    """The collection is there already."""


def inside(scope: Scope) -> models.Filter:
    """The scope as a filter, as `shard.inside` has it."""
    must: list[models.Condition] = [_any_of(field, values) for field, values in keywords(scope).items()]
    moment = scope.as_of_ms
    if moment is None:
        must.append(models.FieldCondition(key="valid_to", match=models.MatchValue(value=OPEN_END)))
    else:
        must.append(models.FieldCondition(key="valid_from", range=models.Range(lte=moment)))
        must.append(models.FieldCondition(key="valid_to", range=models.Range(gt=moment)))
    return models.Filter(must=must)


def _any_of(field: str, values: list[str]) -> models.FieldCondition:
    return models.FieldCondition(key=field, match=models.MatchAny(any=values))


def _stored(point: Point, dense_size: int) -> models.PointStruct:
    """A dense vector of another dimension than the collection's is left out."""
    vectors: dict[str, Any] = {LEXICAL: _sparse(point.lexical)}
    if dense_size and point.dense is not None and len(point.dense) == dense_size:
        vectors[DENSE] = checked_dense(point.dense)
    return models.PointStruct(id=str(point.chunk_id), vector=vectors, payload=payload(point))


def _sparse(vector: SparseVector) -> models.SparseVector:
    indices, values = checked_sparse(vector)
    return models.SparseVector(indices=indices, values=values)


def _busy(seconds: int) -> Busy:
    return Busy("Der Suchindex ist ausgelastet. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": max(1, seconds)})


def _said(content: bytes) -> str:
    """What an error answer says, in one short line; whichever way it is wrapped."""
    try:
        value = json.loads(content[:4096])
    except (ValueError, RecursionError):
        value = content[:200].decode("utf-8", "replace")
    for name in ("status", "error"):
        value = value.get(name, value) if isinstance(value, dict) else value
    text = "".join(letter if letter.isprintable() else " " for letter in value) if isinstance(value, str) else ""
    return " ".join(text.split())[:200].rstrip(".")


def _shown(url: str) -> str:
    """The address without user name, password or query."""
    try:
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None))
    except httpx.InvalidURL:
        return "(ungültige Adresse)"
