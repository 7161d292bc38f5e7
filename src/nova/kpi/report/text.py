"""A report or a summary in, German text out: a Markdown page, or a few lines for a terminal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nova import german
from nova.crowd import TOO_FEW
from nova.german import BERLIN
from nova.journal import table
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.registry import KPIS, Kpi
from nova.kpi.report.progress import Line, Progress, Summary, Trend, Week
from nova.kpi.rules.say import cases

NOTHING = "–"
SIGNS: Mapping[Trend, str] = {"better": "besser", "worse": "schlechter", "steady": "gleich", "unknown": NOTHING}
DONE = {
    "documents": "Neue Dokumente",
    "conversations": "Gespräche",
    "turns": "Beiträge",
    "questions": "Fragen an Luna",
    "judgements": "Urteile",
    "consents_given": "Einwilligungen",
    "consents_withdrawn": "Widerrufe",
    "intake_refused": "Nicht gespeicherte Texte",
    "gaps_found": "Wissenslücken gefunden",
    "gaps_closed": "Wissenslücken geschlossen",
    "alerts_opened": "Alarme ausgelöst",
    "alerts_critical": "davon kritisch",
    "alerts_recovered": "Alarme erholt",
    "tickets_opened": "Tickets eröffnet",
    "tickets_done": "Tickets erledigt",
    "tickets_dropped": "Tickets verworfen",
    "reviews_decided": "Durchsichten entschieden",
    "learned": "Gelerntes übernommen",
    "learning_rejected": "Gelerntes abgelehnt",
    "learning_undone": "Gelerntes zurückgenommen",
    "erasures": "Personen gelöscht",
    "jobs_failed": "Aufträge gescheitert",
}
STANDING = {
    "documents": "Dokumente",
    "passages": "Passagen",
    "conversations": "Gespräche",
    "gaps_open": "Offene Wissenslücken",
    "alerts_critical": "Kritische Alarme",
    "alerts_warn": "Warnungen",
    "tickets_open": "Offene Tickets",
    "reviews_open": "Antworten zur Durchsicht",
    "learning_live": "Gelernte Stände in Kraft",
    "erasures_open": "Löschungen, die noch laufen",
}
KINDS = {
    "knowledge": "Wissen",
    "prompt": "Prompt",
    "ranking": "Rangfolge",
    "training": "Training",
    "operations": "Betrieb",
    "other": "Sonstiges",
}
STATES = {"open": "offen", "doing": "in Arbeit", "waiting": "wartet", "warn": "Warnung", "critical": "kritisch"}
LEARNED = {"live": "in Kraft", "former": "abgelöst", "undone": "zurückgenommen", "rejected": "abgelehnt"}
SERVICE = {
    "": "diente nie",
    "candidate": "diente nie",
    "trial": "wird erprobt",
    "live": "dient",
    "former": "abgelöst",
    "withdrawn": "zurückgenommen",
}
SHOWN = ("cited_share", "groundedness", "useful_share", "refused_share", "weak_share", "negative_share", "latency_p95_ms", "cost_eur")


def page(found: Progress) -> str:
    """The whole report as Markdown."""
    parts = [
        f"# Fortschritt\n\nStand {_moment(found.at)}. Alle Zahlen sind Summen; niemand erscheint hier, auch nicht unter Pseudonym.\n",
        f"## Lage\n\n{table(['Was', 'Zahl'], ((title, _of(found.standing, name)) for name, title in STANDING.items()))}",
        f"## Was das Rad tat\n\n{_done(found.weeks)}",
        f"## Kennzahlen\n\n{_figures(found.weeks)}\n{_legend(found.weeks)}",
        f"## Offene Alarme\n\n{_alerts(found)}",
        f"## Offene Tickets\n\n{_tickets(found)}",
        f"## Gelernt\n\n{_learned(found)}",
        f"## Feinabstimmung\n\n{_tuned(found)}",
    ]
    return "\n".join(parts)


def short(found: Summary) -> list[str]:
    """The summary in lines for a terminal; the last says what to do next."""
    now, done = found.standing, found.counts
    figures = {line.kpi.name: line for line in found.lines}
    return [
        f"Sieben Tage bis {_moment(found.at)}, verglichen mit den sieben davor; Güte bis zur letzten vollen Stunde, "
        f"{found.to.astimezone(BERLIN):%H:%M}",
        f"Wissen     {whole(now['documents'])} Dokumente ({_more(done['documents'])}), {whole(now['passages'])} Passagen, "
        f"{whole(now['gaps_open'])} offene Wissenslücken",
        f"Gespräche  {_of(done, 'conversations')} (davor {_of(found.before, 'conversations')}), "
        f"{_of(done, 'questions')} Fragen (davor {_of(found.before, 'questions')}), {_of(done, 'judgements')} Urteile",
        *(f"{'Güte' if not index else '':<10} {_told(figures[name])}" for index, name in enumerate(SHOWN)),
        f"Alarme     {whole(done['alerts_opened'])} ausgelöst; es stehen an: {whole(now['alerts_critical'])} kritisch, "
        f"{whole(now['alerts_warn'])} zur Warnung",
        f"Rad        {whole(done['tickets_opened'])} Tickets eröffnet, "
        f"{whole(done['tickets_done'])} erledigt, {whole(done['learned'])}-mal gelernt, {whole(done['learning_undone'])} zurückgenommen",
        f"Modelle    {_model(found)}",
        f"Rechte     {_of(done, 'consents_given')} Einwilligungen, {_of(done, 'consents_withdrawn')} Widerrufe, "
        f"{_of(done, 'erasures')} Löschungen, {whole(done['intake_refused'])} Texte nicht gespeichert",
        f"Nächstes   {next_step(found)}",
    ]


def next_step(found: Summary) -> str:
    """The one thing to do now."""
    now = found.standing
    if now["alerts_critical"]:
        rules = ", ".join(sorted({str(one["rule"]) for one in found.alerts if one["level"] == "critical"}))
        return f"Kritischer Alarm: {rules}. Ansehen mit `nova alerts --dry-run`."
    if now["erasures_open"]:
        return f"{whole(now['erasures_open'])} Löschung(en) sind noch nicht abgeschlossen. Ansehen mit `nova jobs list`."
    if now["tickets_open"]:
        return f"{whole(now['tickets_open'])} Ticket(s) warten. Ansehen mit `nova tickets list`."
    if now["reviews_open"]:
        return f"{whole(now['reviews_open'])} Antwort(en) warten auf Durchsicht. Ansehen mit `nova reviews list`."
    if now["alerts_warn"]:
        return "Eine Warnung steht an. Ansehen mit `nova alerts --dry-run`."
    return "Nichts zu tun."


def written(kpi: Kpi, value: float | None) -> str:
    """A figure with its unit as people read it; shares in percent."""
    if value is None:
        return NOTHING
    scaled, digits = (value * 100, 1) if kpi.unit == "%" else (value, kpi.digits)
    number = german.number(scaled, digits)
    return f"{number} {kpi.unit}".strip() if kpi.kind != "count" or kpi.unit == "EUR" else number


def whole(number: int) -> str:
    """A count with dots between thousands."""
    return german.number(number, 0)


def _done(weeks: Sequence[Week]) -> str:
    rows = ([title, *(_count(week, name) for week in weeks)] for name, title in DONE.items())
    return table(["", *(_head(week) for week in weeks)], rows)


def _count(week: Week, name: str) -> str:
    return NOTHING if name == "jobs_failed" and name not in week.counts else _of(week.counts, name)


def _of(counts: Mapping[str, int], name: str) -> str:
    """A count, or that fewer people are behind it than may be told of."""
    return whole(counts[name]) if name in counts else TOO_FEW


def _figures(weeks: Sequence[Week]) -> str:
    head = ["", *(_head(week) for week in weeks), "Trend"]
    lines = {week.label: {line.kpi.name: line for line in week.lines} for week in weeks}
    rows = ([kpi.title, *(_cell(lines[week.label][name]) for week in weeks), SIGNS[_latest(weeks, name)]] for name, kpi in KPIS.items())
    return table(head, rows)


def _latest(weeks: Sequence[Week], name: str) -> Trend:
    """How the last complete week compares with the one before."""
    week = next((week for week in weeks if week.complete), None)
    return "unknown" if week is None else next(line.trend for line in week.lines if line.kpi.name == name)


def _legend(weeks: Sequence[Week]) -> str:
    last = next((week.label for week in weeks if week.complete), None)
    said = f"Trend: {last} gegen die Woche davor. " if last else ""
    return (
        f"{said}„besser“ oder „schlechter“ steht nur da, wo die Vertrauensbereiche (95 %) getrennt liegen. In Klammern die Zahl der Fälle. "
        "\\* Die Woche läuft noch.\n"
    )


def _head(week: Week) -> str:
    return week.label if week.complete else f"{week.label}\\*"


def _cell(line: Line) -> str:
    if line.measured.few:
        return TOO_FEW
    value = written(line.kpi, line.measured.value)
    return value if line.kpi.kind == "count" or line.measured.value is None else f"{value} ({whole(line.measured.n)})"


def _alerts(found: Progress) -> str:
    if not found.alerts:
        return "Keine.\n"
    rows = ([one["rule"], one["kpi"], one["segment"], STATES[one["level"]], _moment(one["opened_at"])] for one in found.alerts)
    return table(["Regel", "Kennzahl", "Teil", "Stufe", "Seit"], rows)


def _tickets(found: Progress) -> str:
    if not found.tickets:
        return "Keine.\n"
    rows = (
        [one["number"], KINDS[one["kind"]], str(one["owner"]).title(), STATES[one["state"]], one["rule"], _moment(one["opened_at"])]
        for one in found.tickets
    )
    return table(["Nr.", "Art", "Zuständig", "Stand", "Regel", "Seit"], rows)


def _learned(found: Progress) -> str:
    if not found.releases:
        return "In diesem Zeitraum nichts.\n"
    rows = (
        [_moment(one["created_at"]), LEARNED[one["state"]], _known(one["evidence"]), _known(one["subjects"]), one["release_id"]]
        for one in found.releases
    )
    return table(["Wann", "Stand", "Belege", "Pseudonyme", "Kennung"], rows)


def _tuned(found: Progress) -> str:
    if not found.tuned:
        return "In diesem Zeitraum wurde kein Modell beurteilt.\n"
    rows = (
        [one["name"], _moment(one["judged_at"]), "bestanden" if one["passed"] else "gehalten", SERVICE[one["service"]], _lesson(one)]
        for one in found.tuned
    )
    return table(["Lauf", "Beurteilt", "Urteil", "Dienst", "Was daraus folgt"], rows)


def _lesson(one: Mapping[str, Any]) -> str:
    """What a run taught: what held it, or that it gave way."""
    if one["held"]:
        return " ".join(one["held"])
    if one["service"] == "withdrawn":
        return f"Gab am {_moment(one['left_at'])} nach; ein neues Training braucht einen neuen Datensatz."
    return "Wartet auf zwei Schlüssel." if one["service"] in ("", "candidate") else NOTHING


def _model(found: Summary) -> str:
    """Runs of the span in a line, and what the newest one taught."""
    if not found.tuned:
        return "keine Feinabstimmung beurteilt"
    newest, passed = found.tuned[0], sum(bool(one["passed"]) for one in found.tuned)
    told = f"{whole(len(found.tuned))} beurteilt, {whole(passed)} bestanden; {newest['name']} {SERVICE[newest['service']]}"
    lesson = _lesson(newest)
    return told if lesson == NOTHING else f"{told}: {lesson}"


def _known(number: int | None) -> object:
    return TOO_FEW if number is None else number


def _told(line: Line) -> str:
    if line.measured.few:
        return f"{line.kpi.title}: {TOO_FEW}"
    return f"{line.kpi.title}: {written(line.kpi, line.measured.value)}{_cases(line.kpi, line.measured)}{_said(line.trend)}"


def _cases(kpi: Kpi, measured: Estimate) -> str:
    if measured.value is None or kpi.kind == "count":
        return ""
    return f" ({cases(measured.n)})"


def _said(trend: Trend) -> str:
    return "" if trend == "unknown" else f", {SIGNS[trend]}"


def _more(number: int) -> str:
    return f"+{whole(number)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(BERLIN):%d.%m.%Y, %H:%M}"
