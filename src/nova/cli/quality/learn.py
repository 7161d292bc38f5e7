"""Words in: what was learned listed and shown, learning run, started, stopped, taken back."""

import time
from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.cli.shown import worded
from nova.errors import InvalidInput, NovaError

COLUMNS = {
    "entry_id": "Kennung",
    "kind": "Art",
    "state": "Stand",
    "what": "Was",
    "evidence": "Belege",
    "subjects": "Personen",
    "started_by": "Von",
    "at": "Am",
}
MORE = {"release_id": "Stand-Kennung", "cutoff": "Belege bis", "ended_by": "Beendet von", "ended_at": "Beendet am", "terms": "Begriffe"}
PASSAGES = {"title": "Dokument", "chunk_id": "Passage", "up": "Dafür", "down": "Dagegen", "subjects": "Personen", "preference": "Vorzug"}
GROUPS = {"name": "Gemessen an", "n": "Fragen", "before": "nDCG@10 vorher", "after": "nachher", "gain": "Gewinn"}
WORDS = {
    "kind": {"release": "Ausgabe", "topic": "Thema", "term": "Wortpaar"},
    "state": {
        "live": "in Kraft",
        "former": "abgelöst",
        "undone": "zurückgenommen",
        "rejected": "verworfen",
        "waiting": "wartet auf Sie",
        "declined": "abgelehnt",
    },
}
LOOK_SECONDS = 0.5
PAGE = 200  # rows that the API gives at once


@click.group("learn")
def command() -> None:
    """Sehen und steuern, was Nova aus Rückmeldungen lernt."""


@command.command("run")
@output.json_option
@click.pass_context
def run(ctx: click.Context, as_json: bool) -> None:
    """Jetzt lernen: rechnen, messen, und nur gelten lassen, was nirgends schlechter ist."""
    with session(ctx) as client:
        job = ended(client, client.post("/admin/learning/run")["job_id"])
    if as_json:
        output.data(job["result"])
        return
    result = job["result"]
    if result.get("reason"):
        output.line(result["reason"])
        return
    output.line("Gilt ab jetzt." if result["changed"] else "Abgelehnt; es bleibt, wie es ist.", bold=True)
    output.table(result["effect"].get("groups", []), GROUPS)
    for reason in result["reasons"]:
        output.line(f"- {reason}")


@command.command("status")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="So viele Einträge höchstens, die neuesten.")
@output.json_option
@click.pass_context
def status(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Ob Nova von selbst lernt, was gilt, und das Lernprotokoll."""
    with session(ctx) as client:
        found = _status(client, limit)
    if as_json:
        output.data(found)
        return
    output.line(f"Lernt jede Nacht um {found['hour']} Uhr." if found["on"] else "Lernt nicht von selbst.", bold=True)
    output.line(f"Es gilt der Stand {found['live']}." if found["live"] else "Es gilt nichts Gelerntes.")
    output.table([worded(row, WORDS) for row in found["entries"]], COLUMNS)
    output.note(f"{len(found['entries'])} von {found['total']}")


def _status(client: Client, limit: int) -> dict[str, Any]:
    """The ledger's newest rows, page by page."""
    found: dict[str, Any] = client.get("/admin/learning", limit=min(limit, PAGE))
    while len(found["entries"]) < min(limit, found["total"]):
        more = client.get("/admin/learning", limit=min(limit - len(found["entries"]), PAGE), offset=len(found["entries"]))["entries"]
        if not more:
            break
        found["entries"] += more
    return found


@command.command("show")
@click.argument("entry_id", metavar="KENNUNG")
@output.json_option
@click.pass_context
def show(ctx: click.Context, entry_id: str, as_json: bool) -> None:
    """Ein Eintrag mit Passagen und Messung."""
    with session(ctx) as client:
        found = client.get(f"/admin/learning/{entry_id}")
    if as_json:
        output.data(found)
        return
    output.facts((name, worded(found, WORDS).get(key)) for key, name in {**COLUMNS, **MORE}.items())
    if found["passages"]:
        output.table(found["passages"], PASSAGES)
    output.table(found["effect"].get("groups", []), GROUPS)
    for reason in found["reasons"]:
        output.line(f"- {reason}")


@command.command("undo")
@click.argument("entry_id", metavar="KENNUNG")
@click.pass_context
def undo(ctx: click.Context, entry_id: str) -> None:
    """Einen Stand, ein Thema oder ein Wortpaar zurücknehmen."""
    with session(ctx) as client:
        found = client.post(f"/admin/learning/{entry_id}/undo")
    output.line(f"Zurückgenommen: {found['what']}")


@command.command("decide")
@click.argument("entry_id", metavar="KENNUNG")
@click.option("--approve/--decline", "approved", default=None, help="Das Wortpaar freigeben oder ablehnen; eines von beiden.")
@click.pass_context
def decide(ctx: click.Context, entry_id: str, approved: bool | None) -> None:
    """Über ein gelerntes Wortpaar entscheiden."""
    if approved is None:
        raise click.UsageError("Sagen Sie --approve (freigeben) oder --decline (ablehnen).")
    with session(ctx) as client:
        found = client.post(f"/admin/learning/{entry_id}/decide", {"approved": approved})
    output.line(f"{'Freigegeben' if approved else 'Abgelehnt'}: {found['what']}")


@command.command("start")
@click.option("--hour", type=click.IntRange(0, 23), help="Stunde des Tages (deutsche Zeit).")
@click.pass_context
def start(ctx: click.Context, hour: int | None) -> None:
    """Von selbst lernen lassen, jede Nacht."""
    with session(ctx) as client:
        plan = client.post("/admin/learning/start", {} if hour is None else {"hour": hour})
    output.line(f"Lernt jede Nacht um {plan['hour']} Uhr.")


@command.command("stop")
@click.pass_context
def stop(ctx: click.Context) -> None:
    """Nicht mehr von selbst lernen; was gilt, gilt weiter."""
    with session(ctx) as client:
        client.post("/admin/learning/stop")
    output.line("Lernt nicht mehr von selbst.")


@command.command("questions")
@click.argument("source", metavar="DATEI", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@output.json_option
@click.pass_context
def questions(ctx: click.Context, source: Path | None, as_json: bool) -> None:
    """Die eigenen Fragen zum Messen zeigen oder aus einer Datei (wie bei `nova eval`) ersetzen."""
    from nova.cli.evaluation import dense
    from nova.cli.evaluation.questions import read

    with session(ctx) as client:
        if source is None:
            found = client.get("/admin/learning/questions")
        else:
            given = read(source).questions
            rows = dense.known(given, dense.stems(client))
            if given and not rows:
                raise InvalidInput(f"Keine der Fragen in {source} nennt ein Dokument, das es hier gibt; es bleibt bei den bisherigen.")
            found = client.put("/admin/learning/questions", {"questions": rows})
    if as_json:
        output.data(found)
        return
    output.line(f"{len(found['questions'])} Fragen")
    for one in found["questions"]:
        output.line(f"- {one['question']}")


def ended(client: Client, job_id: str) -> dict[str, Any]:
    """The job once it has ended; NovaError when it failed."""
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        output.progress(f"  {job['stage']}  {job['progress']}/{job['total']}")
        time.sleep(LOOK_SECONDS)
    output.progress(f"  {job['stage']}", final=True)
    if job["state"] != "done":
        raise NovaError(job["error"] or "Das Lernen wurde abgebrochen.")
    return dict(job)
