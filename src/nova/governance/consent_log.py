"""What people agreed to in, the page `data/consent_log.md` out: pseudonyms, purposes and times, no names."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nova import german, journal
from nova.governance.consent import TITLES
from nova.ports.people import Purpose
from nova.store.people import people
from nova.store.postgres.db import Database

PLACE = "data/consent_log.md"
MOST_ENTRIES = 5_000
HEAD = ("Eingegangen", "Gesagt", "Person", "Zweck", "", "Fassung", "Quelle")


class ConsentLog:
    """The page of an installation, in the journal of its data folder."""

    def __init__(self, db: Database, data: Path) -> None:
        self._db, self._data = db, data

    def write(self, now: datetime | None = None) -> int:
        """Write the page anew from the latest entries; how many it holds."""
        moment = now or datetime.now(UTC)
        with self._db.transaction() as conn:
            entries = people.consent_log(conn, MOST_ENTRIES + 1)
            counts = {purpose: people.agreements(conn, people.Whose(purpose=purpose, limit=1))[1] for purpose in TITLES}
            everyone = people.agreements(conn, people.Whose(limit=1))[1]
        journal.write(self._data, PLACE, _page(entries, everyone, counts, moment))
        return min(len(entries), MOST_ENTRIES)

    def refresh(self) -> None:
        """Write the page anew where there is one."""
        if self._path.is_file():
            self.write()

    def older_than(self, age: timedelta) -> bool:
        """Whether there is no page, or one that was written longer ago."""
        return not self._path.is_file() or time.time() - self._path.stat().st_mtime >= age.total_seconds()

    @property
    def _path(self) -> Path:
        return journal.journal(self._data) / PLACE


def _page(entries: list[people.ConsentRow], everyone: int, counts: Mapping[Purpose, int], now: datetime) -> str:
    titles: Mapping[str, str] = {str(purpose): title for purpose, title in TITLES.items()}
    rows = [
        (_time(row.recorded_at), _time(row.at), row.subject_id, titles.get(row.purpose, row.purpose),
         "erteilt" if row.given else "verweigert oder widerrufen", row.version, row.source)
        for row in entries[:MOST_ENTRIES]
    ]  # fmt: skip
    more = f"\nÄltere Einträge stehen in der Datenbank; hier stehen die jüngsten {MOST_ENTRIES}.\n" if len(entries) > MOST_ENTRIES else ""
    return (
        f"# Einwilligungen\n\nStand: {_time(now)}. Personen erscheinen nur mit ihrem Pseudonym; die Angaben sind pseudonymisiert.\n\n"
        f"{journal.table(('Zweck', 'Personen, die zustimmen'), [(titles[purpose], n) for purpose, n in counts.items()])}\n"
        f"Personen, die sich geäußert haben: {everyone}\n\n## Verlauf\n\n{journal.table(HEAD, rows)}{more}"
    )


def _time(moment: datetime | None) -> str:
    return "" if moment is None else german.moment(moment)
