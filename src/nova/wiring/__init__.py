"""Settings in, an open Nova out: the only place that chooses engines."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from joserfc.jwk import OctKey

from nova.answers.ask import AskContext
from nova.answers.compose import prompt
from nova.answers.emergency.notice import Hotlines
from nova.answers.search.dense import ModelMeaning
from nova.answers.understand.vocabulary import Vocabulary
from nova.energy.explain.tool import DataAnswers
from nova.engines import archive as archive  # snapshots on disk, for the jobs that write and read them
from nova.engines.extract.sandbox.runner import Children
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.engines.objects import StoredObjects
from nova.engines.queue.postgres import PostgresJobs
from nova.engines.queue.running import RunningJob
from nova.engines.streams.outbox import KeptOutbox as KeptOutbox
from nova.engines.streams.outbox import NoOutbox
from nova.engines.streams.postgres import PostgresStream
from nova.engines.vectors.apart import documents_of as documents_of
from nova.engines.vectors.index import EdgeIndex
from nova.errors import Misconfigured, ServerAbsent
from nova.flows.chats import ChatKeeper
from nova.governance.audit import AuditLog
from nova.governance.people import KnownPeople
from nova.governance.secrets import AdminKey, admin_key, hook_secret, signing_key
from nova.governance.tokens import token_key
from nova.governance.vault_keys import VaultKeys
from nova.knowledge.analysers import Analysers
from nova.knowledge.dense import DenseRoom
from nova.knowledge.index import IndexRoom, missing
from nova.knowledge.ingest import Reading, given_up
from nova.knowledge.inspection import FileInspection
from nova.knowledge.intake import Intake
from nova.knowledge.items import Shelf
from nova.knowledge.kinds import INGEST, REINDEX
from nova.knowledge.shared import leave_mark, require_mark
from nova.kpi.alerts.channels import given_up as notice_given_up
from nova.kpi.kinds import NOTIFY
from nova.logs import get_logger
from nova.ports import Embedder, Generator, Index, Stream, Texts
from nova.privacy.dictionary import MasterData
from nova.roles import Role
from nova.settings import Settings
from nova.store.documents import embeddings
from nova.store.people.usage import Amounts
from nova.store.postgres import embedded
from nova.store.postgres.db import Database
from nova.store.postgres.holder import INDEX_OWNER, Hold, hold
from nova.store.postgres.migrate import migrate, require_current, require_unrestored
from nova.store.postgres.space import full_disk_named
from nova.store.talk.answers import StoredAnswers
from nova.wiring import engines
from nova.wiring.channels import engine_uses
from nova.wiring.chats import desk_of, redactor, values_in
from nova.wiring.closed import close
from nova.wiring.learning import StoredLearning, StoredPrompts
from nova.wiring.masterdata import master_data
from nova.wiring.renewed import read_at_once
from nova.wiring.serving import adapters_of
from nova.wiring.shadows import shadows_of

if TYPE_CHECKING:
    from nova.flows.training.serving import ServingAdapters

CHILDREN = 3  # for two jobs, and for whoever wants to see a page
POOL = 16
OWNER_PATIENCE = 5.0
Running = RunningJob
log = get_logger(__name__)


@dataclass(frozen=True)
class Workshop:
    """What jobs need, open; `close` lets go of it in reverse order. Jobs run where `nova.jobs.desk` opened a worker."""

    settings: Settings
    embedded: bool
    db: Database
    index: Index
    objects: StoredObjects
    texts: Texts
    children: Children
    jobs: PostgresJobs
    brokers: Stream | None
    outbox: KeptOutbox | NoOutbox
    audit: AuditLog
    people: KnownPeople
    analysers: Analysers
    reading: Reading
    index_room: IndexRoom
    dense: DenseRoom | None
    vocabulary: Callable[[], Vocabulary]
    master: Callable[[], MasterData | None]
    _open: ExitStack

    def close(self) -> None:
        """Let go of everything."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True)
class Nova(Workshop):
    """Everything that is open: the workshop, and what people need at the door."""

    fetcher: SafeFetcher
    generator: Generator
    admin_key: AdminKey
    token_key: OctKey
    hook_secret: str
    intake: Intake
    shelf: Shelf
    answers: AskContext
    adapters: "ServingAdapters | None"
    hotlines: Hotlines


def operator_key(settings: Settings) -> AdminKey:
    """The operator's key: configured, stored or made now."""
    configured = settings.ADMIN_API_KEY
    return admin_key(None if configured is None else configured.get_secret_value(), engines.secrets(settings))


def hook_key(settings: Settings) -> str:
    """What signs deliveries of conversations: configured, stored or made now."""
    configured = settings.NOVA_HOOK_SECRET
    return hook_secret(None if configured is None else configured.get_secret_value(), engines.secrets(settings))


def open_nova(settings: Settings) -> Nova:
    """Open or start all that the settings name; what was opened is closed again when something fails.

    Raises Misconfigured (a setting, a second owner of the index), ServerAbsent (a server that does not answer), Busy (a restore into this
    database is under way), DiskFull.
    """
    with full_disk_named(), ExitStack() as stack:
        settings.NOVA_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = operator_key(settings)
        shop = stack.enter_context(open_workshop(settings, migrating=True))
        _let_workers_in(shop)
        fetcher, generator = SafeFetcher(settings.NOVA_FETCH_ALLOW, FetchLimits(settings.upload_bytes)), engines.generator(settings, stack)
        adapters = adapters_of(shop, stack)
        return Nova(
            fetcher=fetcher,
            generator=generator,
            admin_key=key,
            token_key=token_key(signing_key(engines.secrets(settings))),
            hook_secret=hook_key(settings),
            intake=_intake(settings, shop),
            shelf=Shelf(shop.db, shop.objects, shop.jobs, shop.audit),
            answers=_answers(shop, generator, adapters, stack),
            adapters=adapters,
            hotlines=Hotlines.of_divisions(**settings.hotlines),
            **vars(shop) | {"_open": stack.pop_all()},  # last: whatever fails before is closed with the rest
        )


def _intake(settings: Settings, shop: Workshop) -> Intake:
    inspection = FileInspection(shop.texts, settings.upload_bytes, engines.scanner(settings))
    librarians = frozenset(cast("tuple[Role, ...]", settings.NOVA_LIBRARY_ROLES))
    return Intake(shop.db, shop.objects, shop.jobs, shop.audit, inspection, librarians, Amounts.allowed(settings))


def open_workshop(settings: Settings, *, migrating: bool = False) -> Workshop:
    """Open what jobs need, and bring the database's schema up to date only when asked to. Raises as `open_nova` does."""
    with ExitStack() as stack:
        settings.NOVA_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        close(settings.NOVA_DATA)
        db = _database(settings, stack, migrating=migrating)
        right = _only_index(settings, db, stack)
        index = engines.close_later(stack, engines.index(settings, db))
        cache = settings.NOVA_DATA / "cache"
        cache.mkdir(mode=0o700, exist_ok=True)
        children = engines.close_later(stack, Children(size=CHILDREN, read=(cache,)))
        brokers = engines.brokers(settings, stack)
        outbox = NoOutbox() if brokers is None else KeptOutbox(engines.close_later(stack, PostgresStream(db)), brokers)
        endings = {INGEST.name: given_up, NOTIFY.name: notice_given_up}
        jobs = engines.close_later(stack, PostgresJobs(db, endings=endings, outbox=outbox))
        analysers = Analysers(db, cache)
        objects, texts, audit = engines.objects(settings), engines.texts(settings, children, stack), AuditLog()
        room = IndexRoom(db, index, children, analysers, right)
        embedder = engines.embedder(settings, stack)
        return Workshop(
            settings=settings,
            embedded=settings.NOVA_DATABASE_URL is None,
            db=db,
            index=index,
            objects=objects,
            texts=texts,
            children=children,
            jobs=jobs,
            brokers=brokers,
            outbox=outbox,
            audit=audit,
            people=KnownPeople(VaultKeys(engines.secrets(settings))),
            analysers=analysers,
            reading=Reading(room, objects, texts),
            index_room=room,
            dense=DenseRoom(room, embedder) if embedder else None,
            vocabulary=read_at_once(settings.vocabulary_path, Vocabulary.load),
            master=master_data(settings),
            _open=stack.pop_all(),
        )


def join_nova(settings: Settings) -> Workshop:
    """Open the workshop of a Nova that serves in another process, on the servers that the settings name and on its files.

    Raises Misconfigured (a setting, other files), ServerAbsent (a server or that Nova is not there).
    """
    with ExitStack() as stack:
        shop = stack.enter_context(open_workshop(settings))
        require_mark(shop.db, shop.objects, str(shop.objects.health()["place"]), settings.shared)
        _require_same_index(shop)
        stack.pop_all()
        return shop


def _require_same_index(shop: Workshop) -> None:
    """ServerAbsent while the index is new although there are passages and nobody rebuilds it: it is somebody else's, or new this moment."""
    rebuilding = shop.jobs.list(states=("queued", "running"), kind=REINDEX.name, limit=1)
    if shop.index.rebuild_needed and not rebuilding and missing(shop.index_room):
        raise ServerAbsent(
            "Der Suchindex ist hier leer, obwohl es Passagen gibt. Geben Sie Nova und dem Arbeitsprozess dasselbe NOVA_QDRANT_URL "
            "und NOVA_QDRANT_COLLECTION."
        )


def _let_workers_in(shop: Workshop) -> None:
    """Show worker processes whose files these are; without a store that answers they wait for the next start."""
    if shop.embedded:
        return
    try:
        leave_mark(shop.db, shop.objects, shop.settings.shared)
    except ServerAbsent as error:
        log.warning("objects_unmarked", error=error.message)


def _answers(shop: Workshop, generator: Generator, adapters: "ServingAdapters | None", stack: ExitStack) -> AskContext:
    settings = shop.settings
    versions = StoredPrompts(shop.db, read_at_once(settings.NOVA_PROMPTS, prompt.load))
    return AskContext(
        shelf=StoredAnswers(shop.db),
        index=documents_of(shop.index),
        generator=generator,
        analyser=shop.analysers.current,
        vocabulary=shop.vocabulary,
        prompt=versions.current,
        redact=redactor(shop.master),
        personal=values_in(shop.master),
        keeper=ChatKeeper(shop.db, desk_of(shop.people, shop.master)),
        num_ctx=settings.NOVA_NUM_CTX,
        tone=settings.NOVA_TONE,
        meaning=_meaning(shop.db, shop.dense.embedder) if shop.dense else None,
        tools=(DataAnswers(shop.db),),
        learned=StoredLearning(shop.db, worths=engine_uses(shop).worths),
        trial=versions.trial,
        tuned=adapters.writer if adapters else lambda _: None,
        shadow=shadows_of(shop, stack),
    )


def _meaning(db: Database, embedder: Embedder) -> ModelMeaning:
    def weight() -> float:
        with db.transaction() as conn:
            model = embeddings.indexed(conn)
        return model.weight if model and model.state == "live" and model.model == embedder.model else 0.0

    return ModelMeaning(embedder, weight)


def _database(settings: Settings, stack: ExitStack, *, migrating: bool) -> Database:
    if settings.NOVA_DATABASE_URL is not None:
        dsn = _dsn(settings)
    else:
        server = embedded.start(settings.NOVA_DATA)
        stack.callback(server.stop)
        dsn = server.dsn
    if migrating:
        migrate(dsn)
    else:
        require_current(dsn)
    db = engines.close_later(stack, Database.connect(dsn, max_size=POOL, here=settings.NOVA_DATABASE_URL is None))
    with db.single() as connection:
        require_unrestored(connection)  # whoever begins to restore from now on sees this connection
    return db


def _dsn(settings: Settings) -> str:
    return "" if settings.NOVA_DATABASE_URL is None else settings.NOVA_DATABASE_URL.get_secret_value()


def scratch_index(folder: Path, dense_size: int) -> EdgeIndex:
    """An empty index for a measurement, in a folder of its own."""
    return EdgeIndex(folder, dense_size=dense_size)


def _only_index(settings: Settings, db: Database, stack: ExitStack) -> Hold | None:
    """The right to the only built-in index of a shared database: two data folders would each get half of the changes into their own."""
    if settings.NOVA_QDRANT_URL or settings.NOVA_DATABASE_URL is None:
        return None
    held = hold(db, INDEX_OWNER, OWNER_PATIENCE)
    if held is None:
        raise Misconfigured(
            "Ein anderes Nova führt für diese Datenbank schon einen eingebauten Suchindex. Mehrere Prozesse brauchen NOVA_QDRANT_URL."
        )
    return engines.close_later(stack, held)
