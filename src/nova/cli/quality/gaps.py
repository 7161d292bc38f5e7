"""Words in, what was asked and not answered listed and shown, something done about it, measured anew or taken back."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.quality.kpi import GAPS, WEIGHT
from nova.cli.quality.steps import BEFORE, WHAT, outcome, standing
from nova.cli.session import session
from nova.cli.shown import amount
from nova.errors import NotAllowed, NotFound

STATES = {"offen": "open", "geschlossen": "closed", "fremd": "outside"}
QUESTION_STATES = {"offen": "open", "beantwortet": "answered", "fremd": "outside"}
QUESTIONS = {"answer_id": "Kennung", "question": "Frage", "why_text": "Was Luna sagte", "ts": "Wann", "standing": "Stand"}
STEPS = {"step_id": "Kennung", "made_at": "Wann", "made_by": "Wer", "what_text": "Was", "outcome": "Was daraus wurde"}
SECTIONS = {"section_id": "Kennung", "section": "Stelle", "title": "Dokument", "missing": "Fehlende Wörter"}
which = click.argument("which", metavar="KENNUNG")
step_argument = click.argument("step", metavar="SCHRITT")


@click.group("gaps")
def command() -> None:
    """Was gefragt und nicht beantwortet wurde: ansehen, etwas dagegen tun, zurücknehmen."""


@command.command("list")
@click.option(
    "--state", type=click.Choice(list(STATES)), default="offen", show_default=True, help="Welche Lücken; „fremd“: gehört nicht hierher."
)
@output.json_option
@click.pass_context
def list_gaps(ctx: click.Context, state: str, as_json: bool) -> None:
    """Die Wissenslücken, die gewichtigste zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/gaps", state=STATES[state])
    if as_json:
        output.data(found)
        return
    output.table([{**one, "weight": amount(one["weight"], WEIGHT), "standing": standing(one)} for one in found["gaps"]], GAPS)
    output.note(f"{len(found['gaps'])} von {found['total']}")


@command.command("questions")
@click.option("--state", type=click.Choice(list(QUESTION_STATES)), default="offen", show_default=True, help="Welche Fragen.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@output.json_option
@click.pass_context
def list_questions(ctx: click.Context, state: str, limit: int, as_json: bool) -> None:
    """Einzelne Fragen, die in keiner Lücke stehen, die neuesten zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/unanswered", state=QUESTION_STATES[state], limit=limit)
    if as_json:
        output.data(found)
        return
    output.table([_question_row(one) for one in found["questions"]], QUESTIONS)
    output.note(f"{len(found['questions'])} von {found['total']}")


@command.command("show")
@which
@output.json_option
@click.pass_context
def show(ctx: click.Context, which: str, as_json: bool) -> None:
    """Eine Lücke oder Frage mit allem, was dazu getan wurde."""
    with session(ctx) as client:
        path, found = _one(client, which)
    if as_json:
        output.data(found)
        return
    if path.startswith("/admin/gaps"):
        output.line(f"{', '.join(found['terms'])}: {standing(found)}", bold=True)
    for question in dict.fromkeys(one["question"] for one in found.get("asked", [found])):
        output.line(f"  ? {output.shorten(question, 100)}", dim=True)
    output.line()
    output.table([_step_row(one) for one in found["steps"]], STEPS)


@command.command("sections")
@which
@click.option("--words", metavar="WÖRTER", help="Nach diesen Wörtern suchen statt nach den Fragen.")
@output.json_option
@click.pass_context
def sections(ctx: click.Context, which: str, words: str | None, as_json: bool) -> None:
    """Wo die Antwort stehen kann, obwohl sie nicht gefunden wurde."""
    with session(ctx) as client:
        found = client.get(f"{_path(client, which)}/sections", q=words)
    if as_json:
        output.data(found)
        return
    output.table([{**one, "missing": ", ".join(one["missing"])} for one in found["sections"]], SECTIONS)


@command.command("words")
@which
@click.option("--says", multiple=True, required=True, metavar="WORT", help="Wie Ihre Leute sagen (mehrfach möglich).")
@click.option("--means", multiple=True, required=True, metavar="WORT", help="Wie die Unterlagen sagen (mehrfach möglich).")
@click.pass_context
def words(ctx: click.Context, which: str, says: tuple[str, ...], means: tuple[str, ...]) -> None:
    """Wörter ergänzen; sie stehen danach im eigenen Wortschatz."""
    _take(ctx, which, {"what": "words", "phrases": list(says), "terms": list(means)})


@command.command("answer")
@which
@click.option("--question", required=True, metavar="FRAGE", help="Die Frage, allgemein gehalten; sie wird die Überschrift.")
@click.option("--answer", "text", required=True, metavar="TEXT", help="Die Antwort.")
@click.option("--source", required=True, metavar="QUELLE", help="Woher sie stammt.")
@click.pass_context
def answer(ctx: click.Context, which: str, question: str, text: str, source: str) -> None:
    """Eine Antwort mit ihrer Quelle schreiben; Luna darf sie zitieren."""
    _take(ctx, which, {"what": "answer", "question": question, "answer": text, "source": source})


@command.command("document")
@which
@click.argument("item", metavar="DOKUMENT")
@click.pass_context
def document(ctx: click.Context, which: str, item: str) -> None:
    """Ein aufgenommenes Dokument (Kennung aus `nova items`) als Mittel nennen."""
    _take(ctx, which, {"what": "document", "item_id": item})


@command.command("place")
@which
@click.argument("section", metavar="STELLE")
@click.pass_context
def place(ctx: click.Context, which: str, section: str) -> None:
    """Die Stelle nennen, die es beantwortet (Kennung aus `nova gaps sections`)."""
    _take(ctx, which, {"what": "place", "section_id": section})


@command.command("outside")
@which
@click.pass_context
def outside(ctx: click.Context, which: str) -> None:
    """Gehört nicht hierher: keine Lücke mehr, und es zählt nicht als schwach beantwortet."""
    _take(ctx, which, {"what": "outside"})


@command.command("again")
@step_argument
@click.pass_context
def again(ctx: click.Context, step: str) -> None:
    """Die Fragen eines Schritts noch einmal stellen."""
    with session(ctx) as client:
        client.post(f"/admin/gap-steps/{step}/again", {})
    output.line("Die Fragen werden noch einmal gestellt.")


@command.command("undo")
@step_argument
@click.option("--remove", is_flag=True, help="Ein ergänztes Dokument zugleich löschen.")
@click.pass_context
def undo(ctx: click.Context, step: str, remove: bool) -> None:
    """Einen Schritt zurücknehmen."""
    with session(ctx) as client:
        found = client.delete(f"/admin/gap-steps/{step}", remove=remove)
    output.line(f"Zurückgenommen: {WHAT[found['what']]}.")


def _take(ctx: click.Context, which: str, body: Mapping[str, Any]) -> None:
    with session(ctx) as client:
        found = client.post(f"{_path(client, which)}/steps", dict(body))
    output.line(f"{WHAT[found['what']]} ({found['step_id']}).")
    if found["asks_again"]:
        output.note(f"Die Fragen werden noch einmal gestellt; was daraus wurde, zeigt `nova gaps show {which}`.")


def _path(client: Client, which: str) -> str:
    return _one(client, which)[0]


def _one(client: Client, which: str) -> tuple[str, Mapping[str, Any]]:
    """A gap, or else a question, by its id; who may see only one of both finds that one. NotFound."""
    for path in (f"/admin/gaps/{which}", f"/admin/unanswered/{which}"):
        try:
            return path, client.get(path)
        except (NotFound, NotAllowed):
            continue
    raise NotFound(f"Eine Wissenslücke oder Frage „{which}“ gibt es nicht.")


def _question_row(one: Mapping[str, Any]) -> dict[str, Any]:
    last = next((step for step in one["steps"] if not step["undone_at"]), None)
    told = f"{WHAT[last['what']]}; {outcome(last)}".rstrip("; ") if last else ""
    return {**one, "why_text": BEFORE[one["why"]], "question": output.shorten(one["question"], 80), "standing": told}


def _step_row(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "what_text": WHAT[one["what"]], "outcome": outcome(one)}
