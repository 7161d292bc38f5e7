"""`nova recommend`: what another policy would have brought, from a log of what was shown, without a server."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output

if TYPE_CHECKING:
    from nova.stats.offpolicy import Estimate

GATE = 5
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("recommend")
def command() -> None:
    """Regeln, nach denen empfohlen wird, an Protokollen messen."""


@command.command("replay")
@click.argument("log", metavar="DATEI", type=FILE)
@click.option("--policy", type=click.Choice(["thompson", "linucb"]), required=True, help="Die Regel, die gemessen wird.")
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


def _bounded(name: str, one: "Estimate") -> dict[str, float]:
    return {name: round(one.value, 6), f"{name}_low": round(one.low, 6), f"{name}_high": round(one.high, 6)}
