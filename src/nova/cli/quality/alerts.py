"""Words in, every rule evaluated and explained out; with exit code 5 when one is critical."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.session import session
from nova.kpi.rules.say import cases

CRITICAL = 5
MARKS = {"ok": "✓", "pending": "…", "warn": "!", "critical": "!!", "clearing": "↗", "no_data": "?"}
STATES = {
    "ok": "in Ordnung",
    "pending": "auffällig",
    "warn": "Warnung",
    "critical": "kritisch",
    "clearing": "erholt sich",
    "no_data": "zu wenig Daten",
}

NEVER = "noch nicht bewertet"


@click.command("alerts")
@click.option("--dry-run", is_flag=True, help="Nur erklären, was geschähe; nichts ändert sich.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Die Schwellen bewerten; Exit-Code 5, wenn eine Regel kritisch ist."""
    with session(ctx) as client:
        found = client.post("/admin/alerts/run", {"dry_run": dry_run})
    output.data(found) if as_json else _shown(found)
    ctx.exit(CRITICAL if found["critical"] else 0)


def _shown(found: Mapping[str, Any]) -> None:
    output.line(
        f"{'Probe' if found['dry_run'] else 'Bewertung'} vom {output.local_time(found['at'])}, Schwellen {found['version']}", bold=True
    )
    if found["dry_run"]:
        until = found["measured_until"]
        output.line(f"Zahlen gemessen bis {output.local_time(until)}; die Probe misst nicht neu." if until else "Noch ist nichts gemessen.")
    for rule in found["rules"]:
        output.line()
        output.line(f"{MARKS[rule['after']]} {rule['rule']}: {STATES[rule['after']]}", bold=rule["after"] in ("warn", "critical"))
        output.line(f"  {rule['text']}")
        segment = f" [{rule['segment']}]" if rule["segment"] else ""
        told = {
            "Regel": f"{rule['title']}{segment}, Zeitraum {rule['window']}, {_least(rule['least'])}",
            "Wert": rule["value_text"],
            "Schwelle": rule["threshold_text"],
            "Stand": f"{NEVER if rule['first'] else STATES[rule['before']]} → {STATES[rule['after']]}"
            + ("" if rule["counted"] else " (zählt nicht, zu frisch)"),
            "Folge": rule["action"] or "keine",
        }
        for name, value in told.items():
            output.line(f"  {name.ljust(8)}  {value}")
    counts = ", ".join(f"{count} {STATES[state]}" for state, count in found["counts"].items() if count)
    output.note(counts or "keine Regeln")


def _least(count: int) -> str:
    return f"mindestens {cases(count)}" if count else "auch ohne Fälle"
