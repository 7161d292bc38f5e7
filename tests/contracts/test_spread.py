"""The contract of `nova.ports.spread.Executor`: in this process, over the job queue, on Ray where it is installed."""

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from nova.engines.objects import folder_objects
from nova.engines.queue.postgres import PostgresJobs
from nova.engines.spread import queue
from nova.engines.spread.local import InProcess
from nova.engines.spread.queue import OverJobs
from nova.errors import InvalidInput, JobCancelled
from nova.jobs.worker import Worker
from nova.ports.jobs import JobContext, Kind
from nova.ports.spread import Executor, Task, Work
from nova.store.postgres.db import Database

pytestmark = pytest.mark.filterwarnings("default")
KIND = Kind("seed_part")
HAS_RAY = importlib.util.find_spec("ray") is not None


def joined(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """All inputs with a sign between them; and how many there are."""
    (folder / "text").write_bytes(str(arguments["sign"]).encode().join(path.read_bytes() for path in inputs))
    (folder / "number").write_bytes(str(len(inputs)).encode())
    return [folder / "text", folder / "number"]


def refused(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """Nothing but an error."""
    raise InvalidInput("Das geht nicht.")


def leaky(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """Writes and then fails."""
    (folder / "text").write_bytes(b"half")
    raise InvalidInput("Mittendrin.")


WORKS: Mapping[str, Work] = {work.__name__: work for work in (joined, refused, leaky)}


class Asked:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self.stop = False

    def __call__(self) -> None:
        if self.stop:
            raise JobCancelled("Abgebrochen.")


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    with database.transaction() as conn:
        conn.execute("DELETE FROM jobs")
    opened = PostgresJobs(database, lease=5.0)
    yield opened
    opened.close()


@pytest.fixture
def executors(tmp_path: Path, request: pytest.FixtureRequest, asked: Asked) -> Callable[[str], Executor]:
    def made(name: str) -> Executor:
        if name == "process":
            return InProcess(WORKS, tmp_path / "blobs")
        if name == "ray":
            from nova.engines.spread.ray import OverRay

            return OverRay(WORKS, tmp_path / "blobs")
        opened, objects = request.getfixturevalue("jobs"), folder_objects(tmp_path / "objects")

        def handler(ctx: JobContext) -> None:
            ctx.finish({"results": queue.perform(WORKS, objects, ctx.args, ctx.progress)})

        worker = Worker(opened, {"seed_part": handler}, beat=0.2)
        worker.start()
        request.addfinalizer(lambda: worker.stop(grace=2.0))
        return OverJobs(opened, KIND, objects, tmp_path / "blobs", asked)

    return made


@pytest.fixture(params=["process", "jobs", pytest.param("ray", marks=pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed"))])
def executor(request: pytest.FixtureRequest, executors: Callable[[str], Executor]) -> Iterator[Executor]:
    opened = executors(request.param)
    yield opened
    opened.close()


def put(executor: Executor, folder: Path, text: str) -> Any:
    (folder / "in").write_text(text)
    return executor.put(folder / "in")


def test_results_come_in_the_order_of_tasks_and_feed_other_tasks(executor: Executor, tmp_path: Path) -> None:
    blobs = [put(executor, tmp_path, text) for text in "abcd"]
    pairs = [Task("joined", (blobs[at], blobs[at + 1]), {"sign": "-"}) for at in (2, 0, 1)]
    done = list(executor.run(pairs))
    assert [executor.fetch(text).read_text() for text, _ in done] == ["c-d", "a-b", "b-c"]
    (last,) = executor.run([Task("joined", tuple(text for text, _ in done), {"sign": "ä"})])
    assert executor.fetch(last[0]).read_text() == "c-däa-bäb-c"
    assert executor.fetch(last[1]).read_text() == "3"


def test_a_file_is_named_by_its_content_and_a_result_by_its_task(executor: Executor, tmp_path: Path) -> None:
    blob = put(executor, tmp_path, "a")
    assert put(executor, tmp_path, "a") == blob != put(executor, tmp_path, "b")
    assert executor.fetch(blob).name == blob
    task = Task("joined", (blob,), {"sign": "-"})
    assert list(executor.run([task])) == [(task.blob(0), task.blob(1))] == list(executor.run([task]))
    assert executor.fetch(task.blob(0)).name == task.blob(0) != Task("joined", (blob,), {"sign": "+"}).blob(0)


def test_equal_tasks_are_one_and_none_is_fine(executor: Executor, tmp_path: Path) -> None:
    task = Task("joined", (put(executor, tmp_path, "a"),), {"sign": "-"})
    assert len(set(executor.run([task, task]))) == 1
    assert list(executor.run([])) == []


@pytest.mark.parametrize(("name", "told"), [("refused", "Das geht nicht"), ("leaky", "Mittendrin"), ("unknown", "gibt es nicht")])
def test_what_a_task_raises_is_raised(executor: Executor, tmp_path: Path, name: str, told: str) -> None:
    blob = put(executor, tmp_path, "a")
    with pytest.raises(InvalidInput, match=told):
        list(executor.run([Task("joined", (blob,), {"sign": "-"}), Task(name, (blob,))]))
    (after,) = executor.run([Task("joined", (blob, blob), {"sign": "-"})])
    assert executor.fetch(after[0]).read_text() == "a-a"


def test_what_was_dropped_is_made_again(executor: Executor, tmp_path: Path) -> None:
    task = Task("joined", (put(executor, tmp_path, "a"),), {"sign": "-"})
    (done,) = executor.run([task])
    executor.drop([*done, *done])
    (again,) = executor.run([task])
    assert executor.fetch(again[0]).read_text() == "a"


@pytest.mark.parametrize("name", ["process", "jobs"])
def test_nothing_is_left_when_it_is_closed(executors: Callable[[str], Executor], tmp_path: Path, name: str) -> None:
    executor = executors(name)
    blob = put(executor, tmp_path, "a")
    with pytest.raises(InvalidInput):
        list(executor.run([Task("joined", (blob,), {"sign": "-"}), Task("leaky", (blob,))]))
    executor.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_who_asks_to_stop_stops_what_waits(executors: Callable[[str], Executor], tmp_path: Path, asked: Asked, jobs: PostgresJobs) -> None:
    executor = executors("jobs")
    blob = put(executor, tmp_path, "a")
    runs = executor.run([Task("joined", (blob,), {"sign": str(number)}) for number in range(20)])
    next(runs)
    asked.stop = True
    with pytest.raises(JobCancelled):
        list(runs)
    ended = [jobs.wait(job.job_id, 10.0).state for job in jobs.list(kind="seed_part", limit=50)]
    assert set(ended) <= {"done", "cancelled"} and len(ended) == 20
    executor.close()
