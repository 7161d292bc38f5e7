"""Live versions of datasets delivered to the engines that use them, in rows and objects: what each reads, was given, and how it is.

An engine whose dataset has another live version than the one it reads is due; a version that it did not keep is not tried again until
somebody asks. What an engine reads is a release of `engine:NAME`; whoever leaves the version it was made of, the state goes with them.
"""

import hashlib
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, Misconfigured, NotFound, ServerAbsent
from nova.flows.kinds import ENGINES
from nova.flows.seeding import publishing
from nova.flows.seeding.engine_states import family
from nova.flows.seeding.recalls import alone_with, taken_back
from nova.ports import Audit, Objects
from nova.ports.engines import EngineChannel
from nova.ports.jobs import JobContext, Jobs
from nova.records import Caller
from nova.seeding import versions
from nova.seeding.delivery.deliver import Delivered, one
from nova.seeding.delivery.registry import EngineSpec, Registry
from nova.seeding.delivery.shelf import DAMAGED, Pointer
from nova.seeding.delivery.trial import Held
from nova.seeding.files import engine_key
from nova.store import releases
from nova.store.documents import items
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality.alerts import NewNotice
from nova.store.seeding import engines as rows
from nova.store.seeding import versions as version_rows
from nova.store.seeding.engines import Beats, EngineDelivery, EngineState
from nova.store.seeding.versions import Delivery, Version

if TYPE_CHECKING:
    import polars as pl

Tell = Callable[[Connection[Any], NewNotice], None]
KEPT = 5
HEALTH = timedelta(days=7)
NOT_KEPT = ("taken_back", "refused")
AWAY = (ServerAbsent, InvalidInput, NotFound, Misconfigured)
"""What one engine may raise without holding up another: it does not answer, what it reads is damaged, or its channel is not set up."""


@dataclass(frozen=True, slots=True)
class Engines:
    """What deliveries need: tables, objects, the list of engines, how a channel is opened, and how programs outside are told."""

    db: Database
    objects: Objects
    registry: Callable[[], Registry]
    opened: Callable[[EngineSpec], EngineChannel]
    tell: Tell = lambda _conn, _notice: None


@dataclass(frozen=True, slots=True)
class EngineView:
    """An engine as it stands: what it is, which version of its dataset it reads, its last delivery, how it answered in seven days, and
    since when it has not given back what somebody left.
    """

    spec: EngineSpec
    live: str | None
    rows: int
    last: EngineDelivery | None
    beats: Beats | None
    recall_since: datetime | None


class StoredShelf:
    """What engines read, among the objects; which of it is live is a release. One version's deliveries go through it."""

    def __init__(self, engines: Engines, version: Version, by: str, guard: Callable[[Connection[Any]], None] = lambda _: None) -> None:
        self._engines, self._version, self._by, self._guard = engines, version, by, guard

    def live(self, engine: str) -> Pointer | None:
        """As the folder's."""
        with self._engines.db.transaction() as conn:
            state = _live(conn, engine)
        return None if state is None else Pointer(state.name, state.state_sha256, state.anchor_sha256)

    def held(self, engine: str) -> Held | None:
        """As the folder's."""
        import polars as pl

        pointer = self.live(engine)
        if pointer is None:
            return None
        return Held(self._read(pointer.state), pl.read_parquet(io.BytesIO(self._read(pointer.anchor))))

    def commit(self, engine: str, version: str, state: bytes, anchor: "pl.DataFrame") -> None:
        """Files first, then all rows in one transaction."""
        held, now = io.BytesIO(), datetime.now(UTC)
        anchor.write_parquet(held)
        files = state, held.getvalue()
        names = [hashlib.sha256(one).hexdigest() for one in files]
        with self._engines.db.transaction() as conn:
            self._require_whole(conn)
            for name, data in zip(names, files, strict=True):
                items.lock_content(conn, name)
                self._engines.objects.put(engine_key(name), data)
            found = EngineState(
                engine, version, self._version.version_id, self._version.digest, names[0], len(files[0]), names[1], len(files[1]),
                self._version.rows, now,
            )  # fmt: skip
            rows.add_state(conn, found)
            releases.add(conn, family(engine), version, self._by, now, digest=names[0])
            releases.go_live(conn, family(engine), version, {"passed": True}, self._by, now)
            self._given(conn, engine, now, names[0])
            rows.keep_newest(conn, engine, family(engine), KEPT)
            self._guard(conn)

    def step_back(self, engine: str) -> Pointer | None:
        """As the folder's."""
        with self._engines.db.transaction() as conn:
            releases.step_back(conn, family(engine), self._by, datetime.now(UTC))
        return self.live(engine)

    def outside(self, engine: str) -> tuple[str | None, str | None]:
        """As the folder's: what is whole is live, what was begun is on trial."""
        with self._engines.db.transaction() as conn:
            whole = releases.live(conn, family(engine))
            begun = next((one for one in releases.every(conn, family(engine)) if one.state == "trial"), None)
        return whole.name if whole else None, begun.name if begun else None

    def note_outside(self, engine: str, whole: str | None, begun: str | None) -> None:
        """As the folder's. Conflict where somebody left the version: an engine is not given it, or gives back what it was given."""
        now, name = datetime.now(UTC), family(engine)
        with self._engines.db.transaction() as conn:
            if begun is not None:
                self._require_whole(conn)
                releases.add(conn, name, begun, self._by, now)
                releases.try_out(conn, name, begun, 0.1, self._by, now)
                return
            releases.end_trial(conn, name, self._by, now)
            live = releases.live(conn, name)
            if whole is not None and (live is None or live.name != whole):
                self._require_whole(conn)
                releases.go_live(conn, name, whole, {"passed": True}, self._by, now)
                self._given(conn, engine, now, self._version.digest)
                self._guard(conn)

    def _require_whole(self, conn: Connection[Any]) -> None:
        """Nobody leaves the version from here to the end of the transaction; Conflict where somebody did since it was read."""
        version_rows.lock(conn)
        fresh = version_rows.get(conn, self._version.version_id)
        if fresh is None or fresh.digest != self._version.digest:
            raise Conflict("Jemand hat diese Fassung inzwischen verlassen; die Lieferung beginnt neu.")

    def _given(self, conn: Connection[Any], engine: str, at: datetime, sha256: str) -> None:
        """By this erasures know whom they have to tell."""
        version_rows.put_delivery(conn, self._version.version_id, Delivery(uuid7(), engine, at, self._version.rows, sha256))

    def _read(self, name: str) -> bytes:
        data = self._engines.objects.get(engine_key(name))
        if hashlib.sha256(data).hexdigest() != name:
            raise InvalidInput(DAMAGED)
        return data


def _live(conn: Connection[Any], engine: str) -> EngineState | None:
    release = releases.live(conn, family(engine))
    return None if release is None else rows.state(conn, engine, release.name)


def deliver_due(engines: Engines, by: str, ctx: JobContext, only: str | None = None) -> dict[str, Any]:
    """Deliver to every engine that is due (`only` one, whether it is or not), and ask each elsewhere how it is; what came of it."""
    found: dict[str, str] = {}
    listed = [spec for spec in engines.registry().engines if only in (None, spec.name)]
    for at, spec in enumerate(listed):
        ctx.progress(spec.name, at, len(listed))
        _looked(engines, spec)
        version = _due(engines, spec, forced=only is not None)
        if version is not None:
            found[spec.name] = _delivered(engines, spec, version, by, ctx).state
    return {"engines": found}


def _due(engines: Engines, spec: EngineSpec, *, forced: bool) -> Version | None:
    """The version that an engine has not; None where it has it, did not keep it, or has no dataset."""
    if spec.dataset is None:
        return None
    with engines.db.transaction() as conn:
        version = publishing.live(conn, spec.dataset)
        now, last = releases.live(conn, family(spec.name)), rows.deliveries(conn, spec.name, 1)
    if version is None or (now is not None and now.name == version.digest):
        return None
    lost = bool(last) and last[0].version == version.digest and last[0].state in (*NOT_KEPT, "skipped")
    return version if forced or not lost else None


def _delivered(engines: Engines, spec: EngineSpec, version: Version, by: str, ctx: JobContext) -> Delivered:
    """One delivery, noted whatever came of it."""
    why, done = _unfit(spec, version), None
    if why is None:
        try:
            with alone_with(engines.db, spec.name):
                taken_back(engines.db, spec, engines.opened, ctx.guard)
                frame = versions.read(engines.objects, version)
                done = one(spec, frame, version.digest, StoredShelf(engines, version, by, ctx.guard), engines.opened)
        except Conflict as error:  # somebody left meanwhile: a delivery of what is left is queued already
            done = Delivered(spec.name, "skipped", version.rows, None, None, None, None, 0.0, error.message)
        except AWAY as error:  # it gave nothing back, so it gets nothing
            done = Delivered(spec.name, "unreachable", version.rows, None, None, None, None, 0.0, error.message)
    done = done or Delivered(spec.name, "refused", version.rows, None, None, None, None, 0.0, str(why))
    now = datetime.now(UTC)
    noted = EngineDelivery(
        uuid7(), spec.name, version.dataset, version.digest, done.state, done.rows, done.before, done.after, done.low, done.high,
        done.seconds, done.reason, by, now,
    )  # fmt: skip
    with engines.db.transaction() as conn:
        rows.add_delivery(conn, noted)
        if done.state in (*NOT_KEPT, "unreachable"):
            facts = {"engine": spec.name, "dataset": version.dataset, "version": version.version, "state": done.state}
            body = {"title": f"Engine {spec.name}: Lieferung ohne Erfolg", "text": done.reason, "facts": facts}
            for channel in ("webhook", "mail"):
                engines.tell(conn, NewNotice(f"{noted.delivery_id}:{channel}", f"engine.{done.state}", channel, body, now))
    return done


def _unfit(spec: EngineSpec, version: Version) -> str | None:
    """Why a version may not go to an engine at all."""
    if version.manifest.get("raw"):
        return "Rohdaten gehen an keine Engine."
    purpose = str(version.manifest.get("purpose") or "")
    if spec.of.purpose == "profiling" and purpose != "profiling":
        return f"Diese Engine bildet Profile; die Fassung ist für „{purpose or 'keinen Zweck'}“ bestimmt, nicht für „profiling“."
    return None


def _looked(engines: Engines, spec: EngineSpec) -> None:
    """Ask an engine for its figure and note how long that took; in process what it reads is looked up and verified."""
    began, reached = time.monotonic(), True
    try:
        if spec.channel != "in_process":
            channel = engines.opened(spec)
            try:
                channel.metric()
            finally:
                channel.close()
        else:
            read_state(engines, spec.name)
    except AWAY:
        reached = False
    with engines.db.transaction() as conn:
        rows.beat(conn, spec.name, time.monotonic() - began if reached else None, datetime.now(UTC))


def read_state(engines: Engines, engine: str) -> bytes | None:
    """What an engine in process reads now; None where it has nothing. InvalidInput where it is damaged."""
    with engines.db.transaction() as conn:
        state = _live(conn, engine)
    return None if state is None else checked(engines.objects, state)


def checked(objects: Objects, state: EngineState) -> bytes:
    """The file of a state; InvalidInput where it is damaged, NotFound where it is gone."""
    data = objects.get(engine_key(state.state_sha256))
    if hashlib.sha256(data).hexdigest() != state.state_sha256:
        raise InvalidInput(DAMAGED)
    return data


def delivery_title(engine: str) -> str:
    """What a delivery to one engine is called among jobs."""
    return f"{ENGINES.title}: {engine}"


class EngineDesk:
    """What people do with engines: look, deliver again, go back."""

    def __init__(self, engines: Engines, jobs: Jobs, audit: Audit) -> None:
        self._engines, self._jobs, self._audit = engines, jobs, audit

    def every(self) -> list[EngineView]:
        """All of the list, in its order."""
        with self._engines.db.transaction() as conn:
            told = rows.last(conn), rows.beats(conn, datetime.now(UTC) - HEALTH), rows.recalling(conn)
            return [self._view(conn, spec, *told) for spec in self._engines.registry().engines]

    def deliveries(self, engine: str, limit: int) -> list[EngineDelivery]:
        """Of one, newest first; NotFound."""
        self._engines.registry().one(engine)
        with self._engines.db.transaction() as conn:
            return rows.deliveries(conn, engine, limit)

    def deliver(self, who: Caller, engine: str) -> Any:
        """Queue a delivery of the dataset's live version, also of one that was not kept; the job. NotFound; Conflict without a dataset."""
        if self._engines.registry().one(engine).dataset is None:
            raise Conflict("Zu dieser Engine nennt die Liste keinen Datensatz.")
        with self._engines.db.transaction() as conn:
            title = delivery_title(engine)
            args = {"engine": engine, "by": who.token}
            started = self._jobs.start_once(ENGINES, args, title=title, counts=lambda job: job.title == title, connection=conn)
            if started.new:
                self._audit.record(who, "engines.deliver", f"engine:{engine}", {"job": started.job_id}, connection=conn)
        return started.job_id

    def roll_back(self, who: Caller, engine: str) -> str | None:
        """An engine reads what it read before; which version that is of (None: nothing). NotFound; Conflict where it reads nothing."""
        spec = self._engines.registry().one(engine)
        if spec.channel != "in_process":
            raise Conflict("Was eine Engine außerhalb liest, nimmt nur eine neue Lieferung zurück.")
        with self._engines.db.transaction() as conn:
            if releases.live(conn, family(engine)) is None:
                raise Conflict("Diese Engine hat noch nichts bekommen.")
            back = releases.step_back(conn, family(engine), who.token, datetime.now(UTC))
            self._audit.record(who, "engines.rollback", f"engine:{engine}", {"version": back.name if back else None}, connection=conn)
        return back.name if back else None

    @staticmethod
    def _view(
        conn: Connection[Any], spec: EngineSpec, last: dict[str, EngineDelivery], beats: dict[str, Beats], recalling: dict[str, datetime]
    ) -> EngineView:
        release, state, name = releases.live(conn, family(spec.name)), _live(conn, spec.name), spec.name
        read = release.name if release else None
        return EngineView(spec, read, state.rows if state else 0, last.get(name), beats.get(name), recalling.get(name))
