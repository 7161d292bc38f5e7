"""The registry of figures in, Grafana's dashboards out: the figures one panel each, and how Nova runs; in the colours of the pages.

Pure: the same registry gives the same dashboards, byte for byte (`text`).
"""

import json
from collections.abc import Mapping
from typing import Any

from nova.kpi.measure.registry import KPIS, Kpi
from nova.kpi.report.panels import Panel, Query, alone, framed, lines, over_time, placed, stat

UID, TITLE = "nova-kpi", "Nova: Kennzahlen"
RUNNING_UID, RUNNING_TITLE = "nova", "Nova: Betrieb"
FOLDER_UID, FOLDER_TITLE = "nova", "Nova"
INDIGO, WARN, BAD = "#96aff1", "#f6b669", "#ff8579"  # the pages' tokens for dark backgrounds, which Grafana has by default
UNITS = {"%": "percentunit", "ms": "ms", "s": "s", "EUR": "currencyEUR"}
STAT_SIZE, QUARTER, THIRD, HALF = (4, 4), (6, 7), (8, 7), (12, 8)  # wide, high
FIRST = ("cited_share", "groundedness", "useful_share", "refused_share", "latency_p95_ms", "cost_eur")


def dashboards(kpis: Mapping[str, Kpi] = KPIS) -> dict[str, dict[str, Any]]:
    """Each dashboard by its file's name."""
    return {f"{UID}.json": board(kpis), f"{RUNNING_UID}.json": running()}


def text(dashboard: Mapping[str, Any]) -> str:
    """A dashboard as its file holds it."""
    return json.dumps(dashboard, ensure_ascii=False, indent=2) + "\n"


def board(kpis: Mapping[str, Kpi]) -> dict[str, Any]:
    """The dashboard of all figures: the main ones on top with alerts and tickets, then each over time."""
    stats = [stat(kpis[name].title, kpis[name].meaning, _query(kpis[name]), _defaults(kpis[name])) for name in FIRST if name in kpis]
    states = [
        over_time("Offene Alarme", "Nach Stufe.", "short", [("sum by (level) (nova_alerts)", "{{level}}")], _levels()),
        over_time("Offene Tickets", "Nach Stand.", "short", [("sum by (state) (nova_tickets)", "{{state}}")]),
        over_time("Fälle", "Aus wie vielen Fällen jede Kennzahl stammt.", "short", [("nova_kpi_cases", "{{kpi}}")]),
    ]
    figures = [_figure(kpi) for kpi in kpis.values()]
    panels = placed([(stats, *STAT_SIZE), (states, *THIRD), (figures, *THIRD)])
    return framed(UID, TITLE, ("nova", "kpi"), ("7d", "1m"), panels)


def running() -> dict[str, Any]:
    """The dashboard of how Nova runs: what it holds, how fast it answers, its jobs, and what the log warns of."""
    stats = [
        stat("Erreichbar", "", ('up{job="nova"}', "Nova")),
        stat("Dokumente", "", ("nova_documents", "Dokumente")),
        stat("Passagen", "", ("nova_chunks", "Passagen")),
        stat("Ungelernte Änderungen", "Was der Suchindex noch lernen muss.", ("nova_outbox", "offen")),
        stat("Offene Live-Verbindungen", "", ("nova_live_streams", "offen")),
    ]
    asks = [
        over_time("Fragen je Minute nach Ausgang", "", "short", [(f"sum by (status) ({_rate('nova_asks_total')}) * 60", "{{status}}")]),
        over_time("Dauer einer Antwort", "", "s", [(_slowest(part, "le", "nova_ask_seconds"), name) for part, name in PARTS]),
        over_time(
            "Anfragen je Sekunde nach Antwort", "", "reqps", [(f"sum by (status) ({_rate('nova_http_requests_total')})", "{{status}}")]
        ),
        over_time(
            "Die langsamsten Wege (95 %)", "", "s", [(f"topk(8, {_slowest(0.95, 'le, route', 'nova_http_request_seconds')})", "{{route}}")]
        ),
    ]
    outcome = "{{outcome}}"
    work = [
        over_time("Aufträge", "", "short", [("nova_jobs", "{{state}}"), ("nova_workers", "Arbeitsprozesse")]),
        over_time("Fragen in Arbeit oder wartend", "", "short", [("nova_asks_in_line", "Fragen")]),
        over_time(
            "Aufnahmen je Stunde",
            "",
            "short",
            [("nova_ingests_ended", outcome), (f"sum by (outcome) ({_hourly('nova_ingests_total')})", outcome)],
        ),
    ]
    told = [
        over_time("Urteile und Ereignisse je Stunde, wartende Meldungen nach außen", "", "short", TOLD),
        lines("Warnungen und Fehler", "", '{job="nova", level=~"warning|error|critical"}'),
    ]
    rows = [(stats, *STAT_SIZE), (asks, *HALF), (work, *THIRD), (_shares(), *THIRD), (_training(), *THIRD), (_machine(), *QUARTER)]
    panels = placed([*rows, (told, *HALF)])
    return framed(RUNNING_UID, RUNNING_TITLE, ("nova",), ("6h", "30s"), panels)


def _shares() -> list[Panel]:
    """What costly work takes, how much of it waits, and what is refused."""
    effort = f"topk(8, sum by (work) ({_rate('nova_effort_seconds_total')}))"
    return [
        over_time(
            "Rechenzeit je Sekunde nach Arbeit", "Was aufwendige Anfragen und Aufträge von Personen kosten.", "s", [(effort, "{{work}}")]
        ),
        over_time("Aufwendiges in Arbeit oder wartend", "", "short", [("nova_costly", "{{state}}")]),
        over_time("Abgewiesen je Minute", "", "short", [(f"sum by (reason) ({_rate('nova_refused_total')}) * 60", "{{reason}}")]),
    ]


def _training() -> list[Panel]:
    """How runs are doing beside their budget, whether their cards are there, and how far the adapter that serves has drifted."""
    runs = [("nova_run_budget", "Budget verbraucht, {{run}}"), ("nova_run_pace", "Dauer gegen Schätzung, {{run}}")]
    cards = [("nova_gpu_usable", "da, {{card}}"), ("nova_gpu_memory", "belegt, {{card}}")]
    return [
        over_time("Läufe unter ihrem Budget", "1 ist das ganze Budget und die geschätzte Dauer.", "percentunit", runs),
        over_time("Grafikkarten für Läufe", "", "percentunit", cards),
        over_time("Abdrift des Adapters", "Bei 1 weicht er von selbst.", "percentunit", [("nova_adapter_drift", "{{run}}")]),
    ]


def _machine() -> list[Panel]:
    """What there is of processors, memory and disk, what of it is taken, and how long the queue has been waiting."""
    memory = [
        ("nova_memory_total_bytes - nova_memory_available_bytes", "belegt"),
        ("nova_own_memory_bytes", "davon Nova"),
        ("nova_memory_total_bytes", "vorhanden"),
    ]
    processors = [
        ("nova_cpu_busy * nova_cpu_cores", "belegt"),
        ("nova_own_cpu", "davon Nova"),
        ("nova_cpu_cores", "vorhanden"),
        ("nova_load", "Last"),
    ]
    return [
        over_time("Prozessoren", "", "short", processors),
        over_time("Arbeitsspeicher", "", "bytes", memory),
        over_time("Datenträger", "", "bytes", [("nova_disk_free_bytes", "frei"), ("nova_disk_total_bytes", "vorhanden")]),
        over_time("Ältester wartender Auftrag", "", "s", [("nova_jobs_oldest_queued_seconds", "Alter")]),
    ]


def _rate(name: str) -> str:
    return f"rate({name}[$__rate_interval])"


def _hourly(name: str) -> str:
    return f"increase({name}[1h])"


def _slowest(part: float, by: str, name: str) -> str:
    return f"histogram_quantile({part}, sum by ({by}) ({_rate(f'{name}_bucket')}))"


PARTS = ((0.5, "Hälfte"), (0.95, "95 %"), (0.99, "99 %"))
TOLD: tuple[Query, ...] = (
    (f"sum by (useful) ({_hourly('nova_feedback_total')})", "nützlich: {{useful}}"),
    (f"sum({_hourly('nova_events_total')})", "Ereignisse"),
    ("nova_facts_waiting", "Meldungen warten"),
    ("nova_audit_untold", "Protokolleinträge warten"),
    (f"sum by (kind) ({_hourly('nova_emergencies_total')})", "Notfall: {{kind}}"),
)


def _figure(kpi: Kpi) -> Panel:
    better = "Mehr ist besser." if kpi.better == "up" else "Weniger ist besser."
    about = f"{kpi.meaning}\n\nFormel: {kpi.formula}. {better} Über die letzten 24 ganzen Stunden."
    return alone(kpi.title, about, _query(kpi), _defaults(kpi))


def _query(kpi: Kpi) -> Query:
    return f'nova_kpi{{kpi="{kpi.name}"}}', kpi.title


def _defaults(kpi: Kpi) -> dict[str, Any]:
    """A figure's unit, its range where it has one, and the colour of what is measured."""
    color = {"mode": "fixed", "fixedColor": INDIGO}
    values: dict[str, Any] = {"unit": UNITS.get(kpi.unit, "short"), "color": color, "decimals": 1 if kpi.unit == "%" else kpi.digits}
    if kpi.name == "sentiment":
        return values | {"min": -1, "max": 1}
    return values | {"min": 0} | ({"max": 1} if kpi.unit == "%" else {})


def _levels() -> list[dict[str, Any]]:
    """Warnings and critical alerts in their colours; the legend names them too."""
    return [
        {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "color", "value": {"mode": "fixed", "fixedColor": color}}]}
        for name, color in (("warn", WARN), ("critical", BAD))
    ]
