"""The reports as people ask for them, and the page that is written each day."""

from datetime import UTC, datetime

from nova.kpi.report import text
from nova.kpi.report.progress import Progress, Summary, progress, summary
from nova.store.postgres.db import Database


class ProgressReports:
    """Reports of the whole wheel, without anything that people said."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def weekly(self, weeks: int, now: datetime | None = None) -> Progress:
        """The report of so many weeks."""
        with self._db.transaction() as conn:
            return progress(conn, now or datetime.now(UTC), weeks)

    def summary(self, now: datetime | None = None) -> Summary:
        """The last seven days, beside the seven before."""
        with self._db.transaction() as conn:
            return summary(conn, now or datetime.now(UTC))

    def page(self, weeks: int, now: datetime | None = None) -> str:
        """The report of so many weeks as a Markdown page."""
        return text.page(self.weekly(weeks, now))
