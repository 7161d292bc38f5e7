"""What serves, what asks for a training and whom alerts reach in, the journal's page for who is called at night out."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova import journal
from nova.errors import NovaError
from nova.flows.training.promoting import fit
from nova.flows.training.running import PLACE as FOLDERS
from nova.flows.training.trials import FAMILY, on_trial
from nova.kpi.rules.thresholds import Thresholds
from nova.kpi.tickets.words import OWNER_NAMES
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.quality import tickets
from nova.store.quality.tickets import TicketQuery
from nova.store.releases import Release
from nova.store.training import runs as rows
from nova.training.config import base_folder
from nova.training.runbook.page import PLACE, Place, Reach, Served, Situation, runbook

LOG = logging.getLogger(__name__)
RULED = frozenset({"run_budget", "run_pace", "gpu_usable", "gpu_memory", "adapter_drift", "train_over_budget"})
OPEN = ("open", "doing", "waiting")
STEPS, TICKETS = 10, 10


class Runbooks:
    """`place` and `reach` tell of the installation; `rules` are those in force."""

    def __init__(self, db: Database, data: Path, place: Place, reach: Callable[[], Reach]) -> None:
        self._db, self._data, self._place, self._reach = db, data, place, reach

    def make(self) -> dict[str, Any]:
        """Write the page where it has changed; its `text`, its `place`, and what is `unsound` of what serves (German)."""
        with self._db.transaction() as conn:
            situation = _situation(conn, self._data)
            unsound = [reason for one in releases.in_use(conn, FAMILY) for reason in fit(conn, rows.get(conn, one.name), self._data)]
        text = runbook(situation, self._place, self._reach())
        if self._kept() != text:
            journal.write(self._data, PLACE, text)
        return {"place": PLACE, "text": text, "unsound": unsound}

    def _kept(self) -> str | None:
        """The page as it lies there; None where it cannot be read."""
        try:
            return journal.read(self._data, PLACE)
        except (OSError, UnicodeError):
            return None

    def keep(self) -> None:
        """The same after something has changed, which stands whether the page can be written or not."""
        try:
            self.make()
        except NovaError as error:
            LOG.warning("the runbook could not be written", extra={"reason": error.message})


def reach_of(thresholds: Thresholds, mails: tuple[str, ...], *, webhook: bool) -> Reach:
    """Whom alerts reach, with the rules about runs, cards and adapters."""
    ruled = [(rule.name, rule.text, _owner(rule.action.ticket)) for rule in thresholds.rules if rule.kpi in RULED]
    return Reach(mails, webhook, ruled)


def _owner(name: str) -> str:
    return OWNER_NAMES.get(name, "niemanden" if name == "none" else "wen es angeht")


def _situation(conn: Connection[Any], data: Path) -> Situation:
    wanted = tickets.page(conn, TicketQuery(states=OPEN, kind="training"), TICKETS)
    steps = releases.steps(conn, FAMILY, limit=STEPS)
    return Situation(
        _served(conn, releases.live(conn, FAMILY), data),
        _served(conn, on_trial(conn), data),
        sorted((one.number, one.opened_at) for one in wanted),
        [(one.at, one.name, one.step) for one in steps],
    )


def _served(conn: Connection[Any], release: Release | None, data: Path) -> Served | None:
    if release is None:
        return None
    run = rows.get(conn, release.name)
    since = release.trial_at if release.state == "trial" else release.live_at
    try:
        base = base_folder(run.base, data)
    except NovaError:
        base = data / run.base  # where it lay
    return Served(
        run.name, since, release.share, str(data / FOLDERS / run.name / "adapter"), run.adapter_sha256 or "", run.base, str(base),
        run.base_sha256, release.before or "",
    )  # fmt: skip
