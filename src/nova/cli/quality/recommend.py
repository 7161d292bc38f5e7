"""`nova recommend`: another policy measured on a log of what was shown, without a server; policies learned and switched."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output
from nova.cli.quality.learn import ended
from nova.cli.session import session
from nova.cli.shown import worded

if TYPE_CHECKING:
    from nova.stats.offpolicy import Estimate

GATE = 5
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KINDS = click.Choice(["thompson", "linucb"])
COLUMNS = {
    "name": "Name", "state": "Stand", "verdict": "Urteil", "gain": "Gewinn", "gain_low": "mindestens", "gain_high": "höchstens",
    "rows": "Plätze", "people": "Personen", "left": "inzwischen gegangen", "created_at": "Gelernt",
}  # fmt: skip
WORDS = {
    "state": {"candidate": "Vorschlag", "live": "gilt", "former": "abgelöst", "withdrawn": "zurückgenommen"},
    "verdict": {"better": "besser", "worse": "schlechter", "not enough evidence": "nicht entschieden"},
}


@click.group("recommend")
def command() -> None:
    """Regeln, nach denen empfohlen wird, an Protokollen messen, lernen und wechseln."""


@command.command("replay")
@click.argument("log", metavar="DATEI", type=FILE)
@click.option("--policy", type=KINDS, required=True, help="Die Regel, die gemessen wird.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Wovon alles Gewürfelte abhängt.")
@output.json_option
@click.pass_context
def replay(ctx: click.Context, /, log: Path, policy: Any, seed: int, as_json: bool) -> None:
    """Was eine andere Regel gebracht hätte: selbstnormiert (snips) und doppelt robust (dr), mit Grenzen von 95 %.

    DATEI (JSONL, CSV oder Parquet): list_id, ts, person, position, candidates [{id, x}], shown, propensity, reward. Gelesen wird in der
    Reihenfolge der Zeit, in zwanzig Teilen; beurteilt wird jeder Teil nach dem, was aus den Teilen davor gelernt wurde. Mit rewards (was
    jeder Kandidat gebracht hätte) wird die Regel auch gespielt. „low“ und „high“ gehören zu „dr“, was sie gegenüber dem Gezeigten gewinnt,
    steht unter „gain“. Exit-Code 5: nicht nachweislich besser.
    """
    from nova.answers.policies.log import read_log
    from nova.answers.policies.replay import play, replay
    from nova.seeding.sources.nested import read_nested

    begun = time.process_time()
    read = read_log(read_nested(log))
    done, played = replay(read.choices, policy, seed), play(read.choices, policy, seed)
    told: dict[str, Any] = {
        "policy": policy, "rows": done.rows, **_bounded("snips", done.snips), **_bounded("dr", done.dr), "low": round(done.dr.low, 6),
        "high": round(done.dr.high, 6), "ess": round(done.ess, 1), "logged": round(done.logged, 6), **_bounded("gain", done.gain),
        "verdict": done.verdict,
    }  # fmt: skip
    if done.true is not None:
        told["true"] = round(done.true, 6)
    if played is not None:
        told |= {"regret": round(played.regret, 4), "regret_random": round(played.random, 4)}
    told |= {"left_out": dict(read.left_out), "cpu_seconds": round(time.process_time() - begun, 3)}
    if as_json:
        output.row(told)
    else:
        output.data(told)
    if done.verdict != "better":
        ctx.exit(GATE)


@command.command("log")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Wohin die Zeilen kommen (JSONL).")
@click.pass_context
def log(ctx: click.Context, out: Path) -> None:
    """Was empfohlen wurde und was daraus wurde, für `nova recommend replay`: Personen als Nummern, nur Plätze, die 14 Tage alt sind."""
    with session(ctx) as client, out.open("wb") as file:
        lines = 0
        for piece in client.download("/recommend/log", {}):
            lines += piece.count(b"\n")
            file.write(piece)
    output.line(f"{lines} Zeilen in {out}")


@command.command("learn")
@click.option("--policy", type=KINDS, default="thompson", show_default=True, help="Wie die Regel wählt.")
@output.json_option
@click.pass_context
def learn(ctx: click.Context, policy: str, as_json: bool) -> None:
    """Aus dem Protokoll eine Regel lernen und an ihm messen; sie gilt erst nach `nova recommend promote`. Exit-Code 5: nicht besser."""
    with session(ctx) as client:
        found = ended(client, client.post("/recommend/policies", {"policy": policy})["job_id"])["result"]
    gate = found["gate"] or {}
    if as_json:
        output.data(found)
    else:
        if found["name"]:
            output.table([worded({**found, **gate}, WORDS)], {name: title for name, title in COLUMNS.items() if name in {**found, **gate}})
        if found["reason"]:
            output.line(found["reason"])
    if gate.get("verdict") != "better":
        ctx.exit(GATE)


@command.command("list")
@output.json_option
@click.pass_context
def list_policies(ctx: click.Context, as_json: bool) -> None:
    """Alle gelernten Regeln, die neueste zuerst."""
    with session(ctx) as client:
        found = client.get("/recommend/policies")
    if as_json:
        output.data(found)
        return
    output.table([worded({**row["gate"], **row}, WORDS) for row in found["policies"]], COLUMNS)
    output.line(f"Es gilt {found['live']}." if found["live"] else "Es gilt keine gelernte Regel.")


@command.command("promote")
@click.argument("name", metavar="NAME")
@click.pass_context
def promote(ctx: click.Context, name: str) -> None:
    """Eine Regel in Gebrauch nehmen, die nachweislich besser ist als das, was gezeigt wurde."""
    with session(ctx) as client:
        client.post(f"/recommend/policies/{name}/promote")
    output.line(f"{name} wählt ab jetzt aus.")


@command.command("rollback")
@click.pass_context
def rollback(ctx: click.Context) -> None:
    """Einen Schritt zurück: Es wählt wieder, was vorher galt."""
    with session(ctx) as client:
        live = client.post("/recommend/policies/rollback")["live"]
    output.line(f"{live} wählt wieder aus." if live else "Es gilt wieder die eingebaute Reihenfolge.")


def _bounded(name: str, one: "Estimate") -> dict[str, float]:
    return {name: round(one.value, 6), f"{name}_low": round(one.low, 6), f"{name}_high": round(one.high, 6)}
