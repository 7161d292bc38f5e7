"""What one computation learned, kept: the release with its rows in the ledger, and rewards of documents by person."""

from collections import defaultdict
from uuid import UUID

from nova.errors import Busy
from nova.kpi.learn import ledger, steer
from nova.kpi.learn.evidence import OPERATOR
from nova.kpi.learn.read import Evidence
from nova.ports.learning import Lessons
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows


def keep(db: Database, release: rows.LearnedState, states: tuple[Lessons, Lessons], forgets: int, preference: ledger.Preference) -> None:
    """Keep a release with its rows in the ledger; a good one becomes live. `states`: what was learned before, and now.

    Busy where somebody was forgotten since (`forgets` counts them), or the live release is another one.
    """
    before, lessons = states
    with db.transaction() as conn:
        rows.lock(conn)
        live = rows.pointer(conn)
        if rows.forgets(conn) != forgets or (live[0] if live else None) != release.before:
            raise Busy("Inzwischen wurde etwas vergessen oder zurückgenommen; das Lernen beginnt neu.", data={"retry_after": 30})
        known, decided = rows.waiting_terms(conn), rows.decided_terms(conn)
        new = [one for one in lessons.terms if ledger.term_key(one) not in known and (one.lay, one.term) not in decided]
        if release.state == "live":
            steer.go_live(conn, release, before, lessons, preference)
        else:
            rows.insert(conn, release)
            rows.enter(conn, ledger.entries(release, (), ledger.counts(lessons)))
        rows.enter(conn, ledger.term_entries(release, new))


def put_rewards(db: Database, evidence: Evidence, forgets: int) -> None:
    """Rewards of documents by person, from -1 to 1, for recommendations; none where somebody was forgotten since the evidence was read."""
    with db.transaction() as conn:
        rows.lock(conn)
        if rows.forgets(conn) != forgets:
            return
        places = rows.places_of(conn, list({signal.chunk_id for signal in evidence.signals}))
        users = rows.users_of(conn, sorted({signal.subject for signal in evidence.signals} - {OPERATOR}))
        sums: dict[tuple[UUID, UUID], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for signal in evidence.signals:
            if signal.subject in users and signal.chunk_id in places:
                pair = sums[users[signal.subject], places[signal.chunk_id].item_id]
                pair[0] += signal.up
                pair[1] += signal.down
        rewards = [(user, item, round((up - down) / (up + down + 1), 4)) for (user, item), (up, down) in sorted(sums.items())]
        rows.put_labels(conn, rewards, evidence.cutoff)
        rows.forget_unwilling(conn)  # who withdrew since then, and whose relearning still waits
