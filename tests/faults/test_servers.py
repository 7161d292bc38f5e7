"""Every server that Nova may be told to use, in every state a server can be in: a named answer in time, the stated rest of the service,
the health report that says so, and recovery without a restart. A further server is one row in `SERVERS`."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
import pytest

from nova.store.postgres.embedded import Running
from tests.fakes.clamd import clamd
from tests.fakes.faults import BROKEN, Proxy, before, database_socket, through
from tests.fakes.laws import law
from tests.fakes.models import serving as models
from tests.fakes.office import odf
from tests.fakes.qdrant import QdrantServer
from tests.fakes.tika import serving as tika
from tests.faults.conftest import House, opened
from tests.folders import short_folder

QUESTION = "Wie oft ist der Zähler 1-3 zu prüfen?"
IN_TIME = 15.0
HEALTH_IN_TIME = 16.0
BACK_IN_TIME = 20.0
FAST = {("model", "absent"), ("files", "cuts"), ("index", "500"), ("database", "resets"), ("scanner", "absent")}
Act = Callable[[House], httpx.Response]


def ask(house: House) -> httpx.Response:
    return house.ask(QUESTION)


def upload(house: House) -> httpx.Response:
    number = random.randrange(10**9)
    return house.upload(law(number), f"gesetz-{number}.md")


def upload_odt(house: House) -> httpx.Response:
    """A kind that only Tika reads; whoever sends it waits a little."""
    number = random.randrange(10**9)
    body = f"<text:h text:outline-level='1'>Satzung {number}</text:h><text:p>Der Zähler {number} ist jährlich zu prüfen.</text:p>"
    return house.upload(odf("text", body), f"satzung-{number}.odt", wait=5)


def look(house: House) -> httpx.Response:
    return house.client.get("/admin/items")


def absent(answer: httpx.Response) -> bool:
    """Not now, and why."""
    return answer.status_code == 503 and answer.json()["data"]["code"] in ("server_absent", "busy") and len(answer.json()["message"]) > 20


def answered(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.json()["data"]["status"] in ("answered", "partial")


def composed(answer: httpx.Response) -> bool:
    """An answer with evidence that says that the model did not write it, or not all of it."""
    return answered(answer) and "Sprachmodell" in answer.json()["data"]["answer"] and bool(answer.json()["data"]["citations"])


def taken(answer: httpx.Response) -> bool:
    return answer.status_code in (201, 202)


def read(answer: httpx.Response) -> bool:
    return answer.status_code == 201


def waits(answer: httpx.Response) -> bool:
    """Kept, and read once that is possible; or the file has failed, and the message says that Tika did."""
    return answer.status_code == 202 or (answer.status_code == 400 and "Tika" in answer.json()["message"])


def fine(answer: httpx.Response) -> bool:
    return answer.status_code == 200


@dataclass(frozen=True)
class Server:
    """A server: its place in the health report and what that says when it fails, what needs it, what is then said, what goes on."""

    name: str
    service: str
    state: str
    act: Act
    good: Callable[[httpx.Response], bool]
    broken: Callable[[httpx.Response], bool]
    goes_on: Mapping[Act, Callable[[httpx.Response], bool]]
    first: Mapping[str, float] = field(default_factory=dict)  # seconds for the request that finds it out, where not IN_TIME
    whole: tuple[str, ...] = ()  # what leaves it well, because all it says fits into the bytes that come through


SERVERS = (
    Server("model", "ollama", "degraded", ask, answered, composed, {upload: taken, look: fine}),
    Server("files", "minio", "failed", upload, taken, absent, {ask: answered, look: fine}, {"slow": 40.0, "hangs": 70.0, "freezes": 70.0}),
    Server("scanner", "clamav", "failed", upload, taken, absent, {ask: answered, look: fine}, whole=("cuts", "resets")),
    Server("index", "qdrant", "failed", ask, answered, absent, {upload: taken, look: fine}),
    Server("embedder", "embed", "degraded", ask, answered, answered, {upload: taken, look: fine}),
    Server("reader", "tika", "degraded", upload_odt, read, waits, {upload: taken, ask: answered}),
    Server("database", "db", "failed", upload, taken, absent, {}, {"freezes": 80.0}),
)
FILES = SERVERS[1]
MAY_WORK = ("slow",)  # late is not wrong


@dataclass
class Town:
    """A Nova whose every server stands behind a proxy."""

    house: House
    proxies: dict[str, Proxy]


@pytest.fixture(scope="module")
def town(postgres: Running, database_url: str) -> Iterator[Town]:
    from moto.server import ThreadedMotoServer

    with ExitStack() as stack:
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        moto.start()
        stack.callback(moto.stop)
        httpx.put("http://{}:{}/nova".format(*moto.get_host_and_port()), timeout=30).raise_for_status()
        qdrant = QdrantServer()
        qdrant.start()
        stack.callback(qdrant.stop)
        upstreams = {
            "model": stack.enter_context(models("ollama")).server_address,
            "reader": ("127.0.0.1", stack.enter_context(tika()).port),
            "files": moto.get_host_and_port(),
            "index": ("127.0.0.1", qdrant.port),
            "scanner": ("127.0.0.1", int(stack.enter_context(clamd()).server_address[1])),
            "database": database_socket(database_url),
        }
        proxies = {name: stack.enter_context(before(upstream)) for name, upstream in upstreams.items()}
        settings = {
            "GENERATE_MODEL": "luna",
            "EMBED_MODEL": "sinn",
            "NOVA_TIKA_URL": proxies["reader"].url,
            "NOVA_OLLAMA_URL": proxies["model"].url,
            "NOVA_S3_URL": "s3://nova",
            "NOVA_S3_ENDPOINT": proxies["files"].url,
            "NOVA_S3_KEY_ID": "key",
            "NOVA_S3_SECRET": "secret",
            "NOVA_QDRANT_URL": proxies["index"].url,
            "NOVA_CLAMAV": f"127.0.0.1:{proxies['scanner'].port}",
            "NOVA_DATABASE_URL": through(proxies["database"], database_url),
        }
        proxies["embedder"] = proxies["model"]
        house = stack.enter_context(opened(stack.enter_context(short_folder()) / "data", **settings))
        house.client.timeout = httpx.Timeout(100.0)
        assert house.upload(law(1), "eins.md", wait=30).status_code == 201
        yield Town(house, proxies)


def timed(act: Act, house: House) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    answer = act(house)
    return answer, time.monotonic() - began


def report(house: House, service: str) -> tuple[str, float]:
    """What the health report says of a service, and the seconds that took."""
    began = time.monotonic()
    return str(house.health()["services"][service]["status"]), time.monotonic() - began


def comes_back(server: Server, house: House) -> None:
    """Works again, soon, by itself; what was taken in meanwhile ends well."""
    until = time.monotonic() + BACK_IN_TIME
    while not server.good(answer := server.act(house)):
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)
    assert report(house, server.service)[0] == "ok"


@pytest.mark.parametrize(
    ("server", "mode"),
    [
        pytest.param(server, mode, marks=() if (server.name, mode) in FAST else pytest.mark.bars, id=f"{server.name}-{mode}")
        for server in SERVERS
        for mode in BROKEN
    ],
)
def test_a_server_that(server: Server, mode: str, town: Town) -> None:
    house, proxy = town.house, town.proxies[server.name]
    may_work = mode in MAY_WORK or mode in server.whole
    comes_back(server, house)
    try:
        proxy.mode = mode
        for longest in (server.first.get(mode, IN_TIME), IN_TIME if not may_work else server.first.get(mode, IN_TIME)):
            answer, seconds = timed(server.act, house)
            assert server.broken(answer) or (may_work and server.good(answer)), answer.text
            assert seconds <= longest
        status, seconds = report(house, server.service)
        assert status == server.state or may_work
        assert seconds <= HEALTH_IN_TIME
        for act, good in server.goes_on.items():
            answer, seconds = timed(act, house)
            assert good(answer), answer.text
            assert seconds <= IN_TIME
    finally:
        proxy.mode = "well"
    comes_back(server, house)


@pytest.mark.bars
def test_everything_taken_in_meanwhile_is_read_in_the_end(town: Town) -> None:
    town.house.settle(180)
    assert {job.state for job in town.house.nova.jobs.list(limit=200) if not job.title.endswith(".odt")} == {"done"}
    rows = town.house.nova.db.fetch_all("SELECT chunk_id FROM item_chunks")
    assert {row["chunk_id"] for row in rows} == set(town.house.nova.index.ids())


@pytest.mark.bars
def test_a_silent_file_store_holds_up_no_question(town: Town) -> None:
    """As many uploads as Nova takes at once wait for a server that says nothing; questions are answered meanwhile."""
    import threading

    house = town.house
    comes_back(FILES, house)
    town.proxies["files"].mode = "freezes"
    try:
        answers: list[httpx.Response] = []
        threads = [threading.Thread(target=lambda: answers.append(upload(house))) for _ in range(60)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        for _ in range(10):
            answer, seconds = timed(ask, house)
            assert answered(answer), answer.text
            assert seconds <= 5
        for thread in threads:
            thread.join()
        assert all(absent(answer) for answer in answers)
    finally:
        town.proxies["files"].mode = "well"
    comes_back(FILES, house)
