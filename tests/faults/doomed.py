"""A Nova that ends itself with SIGKILL at a named point: run as a process of its own.

    python -m tests.faults.doomed POINT FOLDER        (the database's address comes on standard input)

Each point wraps one real part (a port, a room's piece) so that one call of one method is the last thing the process does.
"""

import io
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.engines.vectors import index as vectors
from nova.jobs.desk import open_worker
from nova.knowledge import intake
from nova.knowledge.intake import Labels, receive_file
from nova.records import Caller
from nova.settings import Settings
from nova.store.postgres.migrate import Migration, migrate, shipped
from nova.wiring import Nova, open_nova
from tests.fakes.laws import law

ADMIN = Caller("admin")
PATIENCE = 20.0


class Doomed:
    """Behaves as `inner`, but the process dies before or after the `nth` call of one method."""

    def __init__(self, inner: Any, method: str, *, after: bool = False, nth: int = 1) -> None:
        self._inner, self._method, self._after, self._left = inner, method, after, nth

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._fatal(found) if name == self._method else found

    def _fatal(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def last(*args: Any, **more: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                die()
            result = call(*args, **more)
            if self._left == 0:
                die()
            return result

        return last


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(owner: Any, name: str, *, after: bool = False) -> Callable[[], None]:
    """What arms a function to end the process at its beginning, or at its end."""

    def arm() -> None:
        inner: Callable[..., Any] = getattr(owner, name)

        def last(*args: Any, **more: Any) -> Any:
            if after:
                inner(*args, **more)
            die()

        setattr(owner, name, last)

    return arm


def upload(nova: Nova, number: int = 1) -> UUID:
    return receive_file(nova.intake, ADMIN, io.BytesIO(law(number)), f"punkt-{number}.md", Labels()).item_id


def work(nova: Nova) -> None:
    """Let a worker run until every job has ended (or this process has)."""
    worker = open_worker(nova, concurrency=1)
    worker.start()
    for job in nova.jobs.list(states=("queued", "running"), limit=200):
        nova.jobs.wait(job.job_id, PATIENCE)
    worker.stop()


def with_index(nova: Nova, index: Any) -> Nova:
    room = replace(nova.index_room, index=index)
    return replace(nova, index_room=room, reading=replace(nova.reading, index=room))


def after_the_file(nova: Nova) -> None:
    upload(replace(nova, intake=replace(nova.intake, objects=Doomed(nova.objects, "put", after=True))))


def after_the_row_before_the_commit(nova: Nova) -> None:
    upload(replace(nova, intake=replace(nova.intake, jobs=Doomed(nova.jobs, "start", after=True))))


def after_the_entry_before_the_commit(nova: Nova) -> None:
    upload(replace(nova, intake=replace(nova.intake, audit=Doomed(nova.audit, "record", after=True))))


def after_the_commit_before_the_answer(nova: Nova) -> None:
    dying(intake, "Receipt")()
    upload(nova)


def while_a_file_is_read(nova: Nova) -> None:
    upload(nova)
    work(replace(nova, reading=replace(nova.reading, texts=Doomed(nova.texts, "extract", after=True))))


def after_the_text_before_the_commit(nova: Nova) -> None:
    upload(nova)
    work(replace(nova, reading=replace(nova.reading, objects=Doomed(nova.objects, "put", after=True))))


def before_the_point(nova: Nova) -> None:
    upload(nova)
    work(with_index(nova, Doomed(nova.index, "upsert")))


def after_the_point(nova: Nova) -> None:
    upload(nova)
    work(with_index(nova, Doomed(nova.index, "upsert", after=True)))


def mid_delete_before_the_points(nova: Nova) -> None:
    item_id = upload(nova)
    work(nova)
    nova.shelf.delete(ADMIN, item_id)
    work(with_index(nova, Doomed(nova.index, "delete_items")))


def mid_delete_before_the_file(nova: Nova) -> None:
    item_id = upload(nova)
    work(nova)
    replace(nova.shelf, objects=Doomed(nova.objects, "delete")).delete(ADMIN, item_id)


def mid_delete_between_two_files(nova: Nova) -> None:
    item_id = upload(nova)
    work(nova)
    replace(nova.shelf, objects=Doomed(nova.objects, "delete", after=True)).delete(ADMIN, item_id)


def mid_reindex(nova: Nova) -> None:
    upload(nova)
    work(nova)
    nova.shelf.request_reindex(ADMIN, None, kind=None, tag=None, relearn=False)
    work(with_index(nova, Doomed(nova.index, "upsert", after=True)))


def mid_relearning_before_the_new_analyser_is_live(nova: Nova) -> None:
    upload(nova)
    work(nova)
    nova.shelf.request_reindex(ADMIN, None, kind=None, tag=None, relearn=True)
    room = replace(nova.index_room, analysers=Doomed(nova.analysers, "promote"))
    work(replace(nova, index_room=room))


def mid_relearning_after_the_new_analyser_is_live(nova: Nova) -> None:
    upload(nova)
    work(nova)
    nova.shelf.request_reindex(ADMIN, None, kind=None, tag=None, relearn=True)
    room = replace(nova.index_room, analysers=Doomed(nova.analysers, "promote", after=True))
    work(replace(nova, index_room=room))


def mid_clearing(nova: Nova) -> None:
    upload(nova)
    work(nova)
    Doomed(nova.index, "clear", after=True).clear()


def mid_pack_before_the_copy_is_in_use(nova: Nova) -> None:
    upload(nova)
    work(nova)
    packed = vectors.pack
    vectors.pack = lambda *words, **more: (packed(*words, **more), die())[0]
    nova.index.pack()


def mid_pack_while_the_child_copies(nova: Nova) -> None:
    upload(nova)
    work(nova)
    import subprocess

    begin = subprocess.Popen.__init__
    subprocess.Popen.__init__ = lambda *words, **more: (begin(*words, **more), die())[0]  # type: ignore[method-assign,assignment]
    nova.index.pack()


def mid_migration(dsn: str) -> None:
    """A migration of two statements, and death while the second runs."""
    last = len(shipped()) + 1
    sql = "CREATE TABLE half (id integer); SELECT pg_sleep(2)"
    signal.signal(signal.SIGALRM, lambda *_: die())
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    migrate(dsn, migrations=[*shipped(), Migration(last, "pre", f"{last:04}_pre_half", sql)])


POINTS: Mapping[str, Callable[[Nova], None]] = {
    act.__name__: act
    for act in (
        after_the_file,
        after_the_row_before_the_commit,
        after_the_entry_before_the_commit,
        after_the_commit_before_the_answer,
        while_a_file_is_read,
        after_the_text_before_the_commit,
        before_the_point,
        after_the_point,
        mid_delete_before_the_points,
        mid_delete_before_the_file,
        mid_delete_between_two_files,
        mid_reindex,
        mid_relearning_before_the_new_analyser_is_live,
        mid_relearning_after_the_new_analyser_is_live,
        mid_clearing,
        mid_pack_before_the_copy_is_in_use,
        mid_pack_while_the_child_copies,
    )
}


def main(point: str, folder: Path, dsn: str) -> None:
    if point == mid_migration.__name__:
        mid_migration(dsn)
        return
    with open_nova(Settings(NOVA_DATA=folder, NOVA_DATABASE_URL=dsn)) as nova:
        POINTS[point](nova)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.stdin.read().strip())
