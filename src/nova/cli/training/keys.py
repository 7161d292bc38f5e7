"""`nova train promote`, `rollback`, `serving` and `hosts`: a tuned model that two people let serve, and the way back."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.session import session

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


@click.command("promote")
@click.argument("run", metavar="LAUF")
@click.option("--no", "against", is_flag=True, help="Ablehnen: Dieses Urteil kann dann niemand mehr freigeben.")
@click.option("--show", is_flag=True, help="Nur zeigen, wer schon ja sagte und was den Lauf hält.")
@reason_option
@output.json_option
@click.pass_context
def promote(ctx: click.Context, run: str, against: bool, show: bool, reason: str, as_json: bool) -> None:
    """Einen beurteilten Lauf in Dienst nehmen: zwei Menschen, jeder mit dem eigenen Token (NOVA_TOKEN).

    Der erste Schlüssel wartet, mit dem zweiten dient der Adapter. Exit-Code 5: Der Lauf ist gehalten.
    """
    with session(ctx) as client:
        found = client.get(f"/training/runs/{run}/keys")
        if not show and (against or not found["held"]):
            wanted = {"evaluation_id": found["evaluation_id"], "says": "no" if against else "yes", "reason": reason}
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


def _live(found: Mapping[str, Any]) -> str:
    return f"Es dient {found['live']}." if found["live"] else "Es antwortet die Basis, ohne Adapter."


COMMANDS = (promote, rollback, serving, hosts)
