"""The job writes the report as a page of the journal, the same as the command would."""

from datetime import UTC, datetime
from pathlib import Path

from nova import journal
from nova.jobs.kinds import report
from nova.store.postgres.db import Database
from tests.fakes.running import Context


def test_the_page_is_written_and_written_again(database: Database, tmp_path: Path) -> None:
    for _ in range(2):
        ctx = Context()
        report.handler(database, tmp_path)(ctx)  # type: ignore[arg-type]
        text = journal.read(tmp_path, report.PAGE)
        assert text is not None
        assert ctx.result == {"page": report.PAGE, "bytes": len(text.encode())}
        assert text.startswith("# Fortschritt\n")
    assert [page.place for page in journal.pages(tmp_path)] == [report.PAGE]


def test_the_same_rows_and_the_same_moment_give_the_same_page(database: Database, tmp_path: Path) -> None:
    now = datetime(2026, 11, 19, 12, tzinfo=UTC)
    first, second = ((report.write(database, tmp_path, now), journal.read(tmp_path, report.PAGE)) for _ in range(2))
    assert first == second
