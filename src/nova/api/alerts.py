"""Questions about thresholds and alerts in, what they answer with out: the text and its rules, back-tests, evaluations, silence."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from nova.api.doors import House
from nova.api.models import alerts as shapes
from nova.errors import Conflict, InvalidInput, Misconfigured, NotAllowed, NotFound
from nova.jobs.alerts import alarms_of
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules import say, thresholds
from nova.kpi.rules.backtest import Firing, Replay, backtest
from nova.kpi.rules.thresholds import Rule, Thresholds
from nova.records import Caller
from nova.store import alerts as store

WORST_FIRST = ("critical", "warn", "clearing", "pending", "no_data", "ok")
NOTICES = 20


def read(house: House, version: str | None) -> dict[str, Any]:
    """The thresholds in force, or a saved text (NotFound)."""
    path = house.nova.settings.thresholds_path
    text, own = thresholds.text_in_force(path)
    with house.nova.db.transaction() as conn:
        if version is not None and version != thresholds.version_of(text):
            text = store.version(conn, version)["text"]
        history = store.versions(conn)
    told = {"text": text, "version": thresholds.version_of(text), "own": own, "path": str(path), "history": history}
    return told | _contents(text)


def _contents(text: str) -> dict[str, Any]:
    """A text's rules; where it was edited by hand and is wrong, what is wrong with it."""
    try:
        found = thresholds.parse(text)
    except Misconfigured as error:
        return {"rules": [], "missing": [], "every": "", "problem": error.message}
    missing = [rule.name for rule in thresholds.builtin().rules if found.rule(rule.name) is None]
    return {"rules": [_rule(rule) for rule in found.rules], "missing": missing, "every": thresholds.said(found.every), "problem": None}


def write(house: House, caller: Caller, asked: shapes.NewThresholds) -> dict[str, Any]:
    """Check and replace the text. InvalidInput names the line; Conflict when it was changed since `version`."""
    path, now = house.nova.settings.thresholds_path, datetime.now(UTC)
    text = asked.text.replace("\r\n", "\n").replace("\r", "\n")  # as it is read back
    found = _parsed(text)
    with house.nova.db.transaction() as conn:
        store.lock(conn)
        before, _ = thresholds.text_in_force(path)
        if thresholds.version_of(before) != asked.version:
            message = "Die Schwellen wurden inzwischen geändert. Laden Sie sie neu, und tragen Sie Ihre Änderung noch einmal ein."
            raise Conflict(message, data={"version": thresholds.version_of(before)})
        if not store.versions(conn, 1):
            store.put_version(conn, asked.version, before, "nova", now - timedelta(seconds=1))
        store.put_version(conn, found.version, text, caller.token, now)
        facts = {"before": asked.version, "rules": len(found.rules)}
        house.nova.audit.record(caller, "thresholds.saved", found.version, facts, connection=conn)
        thresholds.replace_text(path, text)
    return read(house, None)


def tested(house: House, asked: shapes.BacktestRequest) -> dict[str, Any]:
    """What rules would have done in the past days; NotFound for a rule that the text has not got."""
    text = asked.text if asked.text is not None else thresholds.text_in_force(house.nova.settings.thresholds_path)[0]
    rules = _chosen(_parsed(text), asked.rule)
    until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    since = until - timedelta(days=asked.days)
    with house.nova.db.transaction() as conn:
        store.read_only(conn)
        found = [_replayed(backtest(conn, rule, since, until), until) for rule in rules]
    return {"since": since, "until": until, "rules": found}


def listed(house: House) -> dict[str, Any]:
    """Where every rule stands, the worst first, and what was told lately."""
    with house.nova.db.transaction() as conn:
        rows, notices = store.states(conn), store.notices(conn, NOTICES)
    rows.sort(key=lambda row: (WORST_FIRST.index(row["state"]), row["rule"]))
    counts = dict.fromkeys(say.STATES, 0)
    for row in rows:
        counts[row["state"]] += 1
    told = [asdict(one) | {"title": str(one.body.get("title", ""))} for one in notices]
    return {
        "alerts": [row | {"state_text": say.STATES[row["state"]]} for row in rows],
        "counts": counts,
        "channels": list(alarms_of(house.nova).channels),
        "notices": [{name: one[name] for name in shapes.NoticeData.model_fields} for one in told],
    }


def history(house: House, asked: shapes.HistoryFilters) -> dict[str, Any]:
    """Changes of rules' states, newest first."""
    with house.nova.db.transaction() as conn:
        rows, total = store.history(conn, asked.rule, events=asked.events, limit=asked.limit, offset=asked.offset)
    return {"changes": [row | {"event_text": say.EVENTS[row["event"]]} for row in rows], "total": total}


def run(house: House, caller: Caller, *, dry_run: bool) -> dict[str, Any]:
    """Evaluate every rule now; a dry run changes nothing, and only the operator may run without. InvalidInput names a wrong line."""
    if not dry_run and caller.role != "admin":
        raise NotAllowed("Scharf bewerten darf nur die Betriebsverwaltung; die Probe (dry_run) dürfen Sie.")
    try:
        outcome = alarms_of(house.nova).evaluate(datetime.now(UTC), dry_run=dry_run)
    except Misconfigured as error:
        raise InvalidInput(error.message, data=error.data) from None
    if not dry_run:
        house.nova.audit.record(caller, "alerts.run", outcome.version, dict(outcome.counts))
    return asdict(outcome) | {"critical": outcome.critical}


def silence(house: House, caller: Caller, rule: str, hours: int) -> dict[str, Any]:
    """Tell nobody of a rule for some hours, or again; NotFound."""
    until = datetime.now(UTC) + timedelta(hours=hours) if hours else None
    with house.nova.db.transaction() as conn:
        store.silence(conn, rule, until)
        house.nova.audit.record(caller, "alerts.silenced", rule, {"hours": hours}, connection=conn)
    return {"rule": rule, "silent_until": until}


def _parsed(text: str) -> Thresholds:
    try:
        return thresholds.parse(text)
    except Misconfigured as error:
        raise InvalidInput(error.message, data=error.data) from None


def _chosen(found: Thresholds, name: str | None) -> list[Rule]:
    if name is None:
        return list(found.rules)
    rule = found.rule(name)
    if rule is None:
        raise NotFound("Diese Regel steht nicht in den Schwellen.", data={"rule": name})
    return [rule]


def _rule(rule: Rule) -> dict[str, Any]:
    names = ("name", "kpi", "segment", "least", "direction", "warn", "critical", "clear", "times", "method", "text")
    told = {"title": KPIS[rule.kpi].title, "window": thresholds.said(rule.window), "threshold_text": say.threshold(rule)}
    return {name: getattr(rule, name) for name in names} | told | {"action": asdict(rule.action)}


def _replayed(found: Replay, until: datetime) -> dict[str, Any]:
    firings = [_firing(one, until) for one in found.firings]
    return {
        "rule": found.rule.name,
        "kpi": found.rule.kpi,
        "sentence": found.sentence,
        "fired": len(firings),
        "critical": sum(one["worst"] == "critical" for one in firings),
        "evaluations": found.evaluations,
        "blind": found.blind,
        "hours": sum(one["hours"] for one in firings),
        "firings": firings,
    }


def _firing(one: Firing, until: datetime) -> dict[str, Any]:
    return asdict(one) | {"hours": ((one.ended or until) - one.started).total_seconds() / 3600}
