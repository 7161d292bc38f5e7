"""A Nova for the door's tests: real database, jobs, rooms and answers; files, index and the network in memory."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.routing import Match
from starlette.testclient import TestClient

from nova.answers.ask import AskContext
from nova.answers.compose import prompt
from nova.answers.emergency import Hotlines
from nova.answers.understand.vocabulary import Vocabulary
from nova.api.app import all_routers, bare_app, create_app
from nova.api.doors import DoorRoute
from nova.api.protocol.envelope import Failure
from nova.api.protocol.errors import is_openai
from nova.api.protocol.metrics import Metrics
from nova.energy.delivery.files import ImportFiles
from nova.engines.queue.postgres import PostgresJobs
from nova.engines.streams.outbox import NoOutbox
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import ServerAbsent
from nova.flows import consents
from nova.flows.chats import ChatKeeper
from nova.flows.gaps.asking_again import AskingAgain
from nova.flows.kinds import POLICY
from nova.governance import consent
from nova.governance.audit import AuditLog
from nova.governance.people import KnownPeople
from nova.governance.secrets import ADMIN_FILE, AdminKey, secrets_folder
from nova.governance.tokens import TokenRequest, issue_token, token_key
from nova.governance.users import ensure_user
from nova.governance.vault_keys import VaultKeys
from nova.jobs.kinds import gaps as gaps_job
from nova.jobs.kinds import ingest as ingest_job
from nova.jobs.kinds import learn as learn_job
from nova.jobs.kinds import reindex as reindex_job
from nova.jobs.kinds import series, taking_back
from nova.jobs.worker import Worker
from nova.knowledge.analysers import Analysers
from nova.knowledge.dense import DenseRoom
from nova.knowledge.index import IndexRoom
from nova.knowledge.ingest import Reading
from nova.knowledge.inspection import FileInspection
from nova.knowledge.intake import Intake
from nova.knowledge.items import Shelf
from nova.ports import ChatMessage
from nova.ports.people import PURPOSES, Purpose
from nova.records import Caller
from nova.roles import Role
from nova.settings import Settings
from nova.store.people.usage import Amounts
from nova.store.postgres.db import Database
from nova.store.talk.answers import StoredAnswers
from nova.wiring.chats import desk_of, redactor, values_in
from nova.wiring.renewed import read_at_once
from tests.fakes.memory import InlineChildren, MapFetcher, MemoryIndex, MemoryObjects

ADMIN_KEY = "nova_adm_0123456789abcdefghijklmnopqrstuv"
HOOK_SECRET = "0123456789abcdef0123456789abcdef"
BASE = "http://127.0.0.1:8000"
LAW = """# Verordnung über Musterlampen (MusterV)

## § 1 Anwendungsbereich

(1) Diese Verordnung gilt für alle Musterlampen im Netzgebiet der Stadtwerke Musterstadt.

## § 2 Prüfung der Musterlampen

(1) Musterlampen sind alle drei Jahre zu prüfen. Die Prüfung dauert höchstens zwei Stunden.

(2) Der Betreiber hat das Ergebnis der Prüfung binnen vier Wochen mitzuteilen.
"""
QUESTION = "Wie oft sind Musterlampen zu prüfen?"


class NoModel:
    """No language model; with `absent` one that does not answer."""

    def __init__(self, model: str = "") -> None:
        self.model = model

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        raise ServerAbsent("Das Sprachmodell antwortet nicht.")

    def health(self) -> Mapping[str, Any]:
        raise ServerAbsent("Das Sprachmodell antwortet nicht.")


@dataclass
class TestNova:
    """What `create_app` needs of a Nova."""

    __test__ = False

    db: Database
    folder: Path
    settings: Settings

    def __post_init__(self) -> None:
        self.children = children = InlineChildren()
        self.index, self.objects, self.fetcher = MemoryIndex(), MemoryObjects(), MapFetcher()
        self.texts: Any = BuiltinTexts(children)  # type: ignore[arg-type]
        self.embedded = True
        self.generator = NoModel()
        self.jobs = PostgresJobs(self.db)
        self.brokers, self.outbox, self.adapters = None, NoOutbox(), None
        self.audit = AuditLog()
        self.people, self.hook_secret = KnownPeople(VaultKeys(self.folder / "secrets")), HOOK_SECRET
        self.dictionary: Any = lambda: None
        self.hotlines = Hotlines.of_divisions(**self.settings.hotlines)
        self.admin_key = AdminKey(ADMIN_KEY, _stored_key(self.folder), created=False)
        self.token_key = token_key(bytes(range(32)))
        self.analysers = Analysers(self.db, self.folder / "cache")
        allowed = Amounts.allowed(self.settings)
        inspection = FileInspection(self.texts, self.settings.upload_bytes)
        self.intake = Intake(self.db, self.objects, self.jobs, self.audit, inspection, allowed=allowed)
        self.shelf = Shelf(self.db, self.objects, self.jobs, self.audit)
        self.index_room = room = IndexRoom(self.db, self.index, children, self.analysers)
        self.dense: DenseRoom | None = None
        files = ImportFiles(self.db, self.objects, children, self.jobs, allowed=allowed)
        handlers = {
            series.IMPORT.name: series.import_handler(files),
            taking_back.TAKE_BACK.name: taking_back.handler(self.db, self.jobs),
            POLICY.name: learn_job.policy_handler(self.db),
            "ingest": ingest_job.handler(Reading(room, self.objects, self.texts)),
            "reindex": reindex_job.handler(room),
            "apply": reindex_job.apply_handler(room),
        }
        self.answers = AskContext(
            shelf=StoredAnswers(self.db),
            index=self.index,
            generator=self.generator,
            analyser=self.analysers.current,
            vocabulary=read_at_once(self.settings.vocabulary_path, Vocabulary.load),
            prompt=prompt.load,
            redact=redactor(),
            personal=values_in(),
            keeper=ChatKeeper(self.db, desk_of(self.people)),
        )
        handlers["ask_again"] = gaps_job.handler(AskingAgain(self.db, self.intake, self.shelf, self.answers))
        self.worker = Worker(self.jobs, handlers, concurrency=1)

    def master(self) -> Any:
        """The company's master data."""
        return self.dictionary()

    def person(self, user: str) -> str:
        """A known customer's name."""
        return ensure_user(self.db, user).external_id

    def agree(self, user: str, purposes: Sequence[Purpose], given: bool = True) -> None:
        """What a person says of their words."""
        text, now, user_id = consent.shipped(), datetime.now(UTC), ensure_user(self.db, user).user_id
        said = consent.Statement(dict.fromkeys(purposes, given), text.version, text.sha256, now, "test")
        with self.db.transaction() as conn:
            subject_id = self.people.subject_of_user(conn, user_id)
            consents.note(conn, self.jobs, subject_id, said, now)

    def token(self, user: str, role: Role | None = None) -> str:
        """A token; a customer's unless the person has another role or gets one now."""
        return issue_token(self.db, self.token_key, self.audit, Caller("admin"), user, TokenRequest(role=role)).token


def _stored_key(folder: Path) -> Path:
    """The operator's key in its file."""
    path = secrets_folder(folder) / ADMIN_FILE
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text(ADMIN_KEY, encoding="utf-8")
    path.chmod(0o600)
    return path


def twice(folder: Path, share: float) -> None:
    """Set which share of the decided reviews a second editor judges."""
    path = folder / "config/kpi/second.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Path("src/nova/kpi/review/second.yaml").read_text("utf-8").replace("share: 0.1", f"share: {share}"), "utf-8")


@contextmanager
def opened(database: Database, folder: Path, **settings: Any) -> Iterator["Door"]:
    """An app on these settings, with a worker running; nothing is judged twice by chance."""
    twice(folder, 0)
    nova = TestNova(database, folder, Settings(NOVA_DATA=folder, **settings))
    nova.worker.start()
    app = create_app(nova)  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE, client=("127.0.0.1", 50000), raise_server_exceptions=False) as client:
        client.event_hooks = {"response": [keeps_contract]}
        yield Door(nova, client)
    nova.worker.stop()
    nova.jobs.close()


@dataclass
class Door:
    """A client and what lies behind the door."""

    nova: TestNova
    client: TestClient

    def admin(self, method: str, path: str, **more: Any) -> Any:
        """Ask as the operator."""
        return self.client.request(method, path, headers={"X-Admin-Key": ADMIN_KEY, **more.pop("headers", {})}, **more)

    def person(self, user: str, role: Role | None = None, agrees: Sequence[Purpose] = PURPOSES) -> "Person":
        """Ask as a customer, or in another role. They agree to all unless told."""
        if agrees:
            self.nova.agree(user, agrees)
        return Person(self.client, {"Authorization": f"Bearer {self.nova.token(user, role)}"})

    def upload(self, text: str = LAW, name: str = "muster.md", **form: Any) -> Any:
        """Upload as the operator and wait until it is read."""
        return self.admin("POST", "/api/v1/ingest/doc", files={"file": (name, text.encode())}, data=form)


@dataclass
class Person:
    """A customer with a token."""

    client: TestClient
    headers: dict[str, str]

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        return self.client.request(method, path, headers=self.headers | more.pop("headers", {}), **more)


def keeps_contract(response: Any) -> None:
    """Every answer in these tests fits what the description promises for its route."""
    response.read()
    path = response.request.url.path
    assert response.headers["x-trace-id"]
    if not response.headers.get("content-type", "").startswith("application/json") or path.endswith("openapi.json"):
        return
    if "attachment" in response.headers.get("content-disposition", ""):
        return  # a file, whatever is in it
    body = response.json()
    if is_openai(path):
        assert response.status_code < 400 or set(body["error"]) == {"message", "type", "param", "code"}
        return
    assert body["trace_id"] == response.headers["x-trace-id"]
    route = _route(response.request.method, path)
    if response.status_code >= 400 and not (path.endswith("/health") and body["status"] == "ok"):
        Failure.model_validate(body)
        if route is not None:
            documented = (
                DESCRIPTION["paths"].get(route.path_format, {}).get(response.request.method.lower(), {"responses": None})["responses"]
            )
            assert documented is None or str(response.status_code) in documented, (route.path, response.status_code)
        return
    assert route is not None
    model = route.responses.get(response.status_code, {}).get("model", route.response_model)
    model.model_validate_json(response.content)


DESCRIPTION = bare_app(Settings(), Metrics()).openapi()


def _route(method: str, path: str) -> Any:
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    for router in all_routers():
        for route in router.routes:
            if isinstance(route, DoorRoute) and route.matches(scope)[0] == Match.FULL:
                return route
    return None


def running_threads(prefix: str) -> list[str]:
    """Names of the live threads with a prefix."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(prefix)]
