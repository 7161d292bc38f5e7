"""`nova train promote`, `canary`, `rollback`, `serving`, `hosts`: a tuned model that two people let serve, its trial, the way back."""

from collections.abc import Mapping
from typing import Any

import click

from nova import german
from nova.cli import output
from nova.cli.session import session
from nova.crowd import TOO_FEW

GATE = 5
SAYS = {"yes": "sagt ja", "no": "lehnt ab"}
STATES = {"candidate": "Kandidat", "trial": "wird erprobt", "live": "dient", "former": "diente", "withdrawn": "zurückgenommen"}
RELEASES = {"name": "Lauf", "state": "Stand", "live_at": "Seit", "left_at": "Bis", "before": "Davor"}
HOSTS = {"name": "Host", "what": "Was es ist", "set": "Eingerichtet"}
STEPS = {"at": "Wann", "name": "Lauf", "step": "Schritt", "actor": "Wer"}
WORDS = {
    "made": "angelegt", "trial": "erprobt", "dropped": "Versuch beendet", "live": "dient", "back": "dient wieder",
    "withdrawn": "zurückgenommen",
}  # fmt: skip
reason_option = click.option("--reason", default="", metavar="TEXT", help="Warum; Personenbezogenes wird geschwärzt.")
VERDICTS = {"better": "besser", "worse": "schlechter", "unclear": "gleich", "few": "zu wenige"}
FIGURES = {"title": "Kennzahl", "trial": "Versuch", "beside": "Daneben", "verdict": "Urteil"}


def _share(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """`shadow` or a share such as `10%`; 0 is the shadow."""
    if value is None:
        return None
    text = value.strip().removesuffix("%").strip().replace(",", ".")
    if text in ("shadow", "schatten"):
        return 0.0
    try:
        share = float(text) / 100
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise click.BadParameter("Bitte „shadow“ oder einen Anteil wie „10%“.")
    return share


first_option = click.option(
    "--first", "share", callback=_share, default="100%", metavar="shadow|10%", show_default="alle",
    help="Erst zur Probe: im Schatten (shadow) oder für einen Anteil der Menschen (10%).",
)  # fmt: skip


@click.command("promote")
@click.argument("run", metavar="LAUF")
@click.option("--no", "against", is_flag=True, help="Ablehnen: Dieses Urteil kann dann niemand mehr freigeben.")
@click.option("--show", is_flag=True, help="Nur zeigen, wer schon ja sagte und was den Lauf hält.")
@first_option
@reason_option
@output.json_option
@click.pass_context
def promote(ctx: click.Context, run: str, against: bool, show: bool, share: float, reason: str, as_json: bool) -> None:
    """Einen beurteilten Lauf in Dienst nehmen: zwei Menschen, jeder mit dem eigenen Token (NOVA_TOKEN).

    Der erste Schlüssel wartet, mit dem zweiten dient der Adapter, mit --first erst zur Probe. Exit-Code 5: Der Lauf ist gehalten.
    """
    with session(ctx) as client:
        found = client.get(f"/training/runs/{run}/keys")
        if not show and (against or not found["held"]):
            wanted = {"evaluation_id": found["evaluation_id"], "says": "no" if against else "yes", "reason": reason, "share": share}
            found = client.post(f"/training/runs/{run}/keys", wanted)
    output.row(found) if as_json else _tell(found)
    if found["held"] and found["state"] != "live":
        ctx.exit(GATE)


def _tell(found: Mapping[str, Any]) -> None:
    output.line(
        f"{found['run']}: {STATES[found['state']]}, {sum(key['says'] == 'yes' for key in found['keys'])} von {found['needed']} Schlüsseln."
    )
    for key in found["keys"]:
        told = f" ({key['reason']})" if key["reason"] else ""
        output.line(f"  {output.local_time(key['at'])} {key['turned_by']} {SAYS[key['says']]}{told}")
    if found["state"] != "live":
        for reason in found["held"]:
            output.note(reason)


@click.command("canary")
@click.argument("run", metavar="[LAUF]", required=False)
@click.option(
    "--first", "share", callback=_share, metavar="shadow|10%", help="LAUF erproben: im Schatten oder für einen Anteil der Menschen."
)
@click.option("--champion", is_flag=True, help="LAUF für alle in Dienst nehmen.")
@click.option("--end", is_flag=True, help="Den Versuch beenden.")
@reason_option
@output.json_option
@click.pass_context
def canary(ctx: click.Context, run: str | None, share: float | None, champion: bool, end: bool, reason: str, as_json: bool) -> None:
    """Was gerade erprobt wird und wie es sich schlägt; mit LAUF erproben, für alle in Dienst nehmen, oder den Versuch beenden.

    Exit-Code 5: Eine Kennzahl ist sicher schlechter.
    """
    if bool(run) != (champion or share is not None):
        raise click.UsageError("Zu LAUF gehört --first oder --champion, und umgekehrt.")
    with session(ctx) as client:
        if end:
            found = client.post("/training/serving/trial/end", {"reason": reason})
        else:
            found = client.post(*_served(run, 1.0 if champion else share, reason)) if run else client.get("/training/serving")
    output.row(found) if as_json else _tell_trial(found)
    if (found["trial"] or {}).get("verdict") == "worse":
        ctx.exit(GATE)


def _served(run: str, share: float | None, reason: str) -> tuple[str, dict[str, Any]]:
    """The path and body that let a run serve a share of the people."""
    wanted = {"run": run, "reason": reason}
    return ("/training/serving/champion", wanted) if share == 1.0 else ("/training/serving/trial", wanted | {"share": share})


def _tell_trial(found: Mapping[str, Any]) -> None:
    output.line(_live(found))
    trial = found["trial"]
    if trial is None:
        output.line("Es wird kein Adapter erprobt.")
        return
    how = f"antwortet {german.number(trial['share'] * 100, 1)} % der Menschen" if trial["share"] else "schreibt im Schatten mit"
    beside = trial["beside"] or "die Zusammenstellung aus Fundstellen"
    output.line(f"{trial['name']} {how}, seit {output.local_time(trial['since'])}, neben: {beside}. {VERDICTS[trial['verdict']]}.")
    rows = [{**one, "verdict": VERDICTS[one["verdict"]]} for one in trial["figures"]]
    output.table([one | {side: _figure(one[side], one["unit"]) for side in ("trial", "beside")} for one in rows], FIGURES)


def _figure(side: Mapping[str, Any], unit: str) -> str:
    """ "81,0 % (72,1 bis 88,0; 120)"."""
    if side["value"] is None:
        return TOO_FEW if side["few"] else "-"
    times, digits = (100, 1) if unit == "%" else (1, 0)
    value, low, high = (None if side[one] is None else german.number(side[one] * times, digits) for one in ("value", "low", "high"))
    bounds = f"{low} bis {high}; " if low is not None and high is not None else ""
    return f"{value} {unit} ({bounds}{side['n']})"


@click.command("rollback")
@reason_option
@output.json_option
@click.pass_context
def rollback(ctx: click.Context, reason: str, as_json: bool) -> None:
    """Den Adapter, der dient, sofort zurücknehmen: Es antwortet der davor, sonst die Basis."""
    with session(ctx) as client:
        found = client.post("/training/serving/back", {"reason": reason})
    output.row(found) if as_json else output.line(_live(found))


@click.command("serving")
@output.json_option
@click.pass_context
def serving(ctx: click.Context, as_json: bool) -> None:
    """Welcher Adapter dient, welche es taten, und wer was wann entschied."""
    with session(ctx) as client:
        found = client.get("/training/serving")
    if as_json:
        output.row(found)
        return
    output.line(_live(found))
    if found["note"]:
        output.note(found["note"])
    if found["releases"]:
        output.table([{**one, "state": STATES[one["state"]]} for one in found["releases"]], RELEASES)
        output.table([{**one, "step": WORDS.get(one["step"], one["step"])} for one in found["steps"]], STEPS)


@click.command("hosts")
@output.json_option
@click.pass_context
def hosts(ctx: click.Context, as_json: bool) -> None:
    """Wer Adapter antworten lässt: welche Hosts es gibt, welcher eingerichtet ist, und was dort bereitliegt.

    Exit-Code 5: Der eingerichtete Host ist nicht zu erreichen.
    """
    with session(ctx) as client:
        found = client.get("/training/hosts")
    output.row(found) if as_json else _tell_hosts(found)
    if found["chosen"] and not found["reached"]:
        ctx.exit(GATE)


def _tell_hosts(found: Mapping[str, Any]) -> None:
    chosen = found["chosen"]
    rows = [{"name": name, "what": what, "set": "ja" if name == chosen else ""} for name, what in found["hosts"].items()]
    output.table(rows, HOSTS)
    if not chosen:
        output.note("Es ist kein Host eingerichtet (NOVA_ADAPTER_HOST); es antwortet die Basis.")
        return
    if found["reached"]:
        output.line(f"{chosen} ist zu erreichen und hält {found['holds']}; bereit: {', '.join(found['adapters']) or 'kein Adapter'}.")
    else:
        output.note(f"{chosen} ist nicht zu erreichen. {found['reason']}")
    for one in found["serving"]:
        output.line(f"  {one['name']} {STATES[one['state']]}: {'liegt bereit' if one['ready'] else one['reason'] or 'noch nicht geladen'}")


@click.command("runbook")
@output.json_option
@click.pass_context
def runbook(ctx: click.Context, as_json: bool) -> None:
    """Das Runbook neu schreiben und zeigen: was dient, wie man zurückgeht, wen Alarme erreichen.

    Es liegt unter orchestration_journal/models/finetune_runbook.md im Datenordner. Exit-Code 5: Was dient, ist nicht, was beurteilt wurde.
    """
    with session(ctx) as client:
        found = client.post("/training/serving/runbook")
    output.row(found) if as_json else output.line(found["text"].rstrip())
    for reason in found["unsound"]:
        output.note(reason)
    if found["unsound"]:
        ctx.exit(GATE)


def _live(found: Mapping[str, Any]) -> str:
    return f"Es dient {found['live']}." if found["live"] else "Es antwortet die Basis, ohne Adapter."


COMMANDS = (promote, canary, rollback, serving, hosts, runbook)
