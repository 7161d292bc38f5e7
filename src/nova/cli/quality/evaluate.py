"""Questions and a corpus in, figures out; everything happens in a throw-away folder. Exit code 5 when a gate is missed."""

from pathlib import Path

import click

from nova.cli import output
from nova.cli.session import scratch, session, settings_of
from nova.errors import InvalidInput

GATE_MISSED = 5
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY = click.Path(exists=True, path_type=Path)


@click.group("eval")
def command() -> None:
    """Die Güte der Suche messen."""


@command.command("retrieval")
@click.argument("questions", type=ANY)
@click.option("--corpus", type=FOLDER, help="Ordner mit den Dokumenten; BEIR-Ordner und SQuAD-Dateien bringen ihre eigenen mit.")
@click.option("--k", "depth", type=click.IntRange(10, 50), default=10, show_default=True, help="Wie viele Fundstellen zählen.")
@click.option("--unanswerable", type=ANY, help="Fragen (JSONL), auf die der Bestand keine Antwort hat.")
@click.option("--gate", "gates", multiple=True, metavar="KENNZAHL=PROZENT", help="Mindestwert; verfehlt: Rückgabewert 5.")
@output.json_option
@click.pass_context
def retrieval(
    ctx: click.Context,
    /,
    questions: Path,
    corpus: Path | None,
    depth: int,
    unanswerable: Path | None,
    gates: tuple[str, ...],
    as_json: bool,
) -> None:
    """Fragen stellen und messen, ob die richtigen Stellen gefunden und belegt werden."""
    from nova.cli.evaluation import run
    from nova.cli.evaluation.questions import read

    suite, without = read(questions), read(unanswerable).questions if unanswerable else ()
    if corpus is None and not suite.documents:
        raise InvalidInput("Zu diesen Fragen gehört --corpus ORDNER.")
    with scratch(ctx) as client:
        stems = run.prepare(client, suite, corpus)
        asked, refused = (run.ask_all(client, some, stems, depth) for some in (suite.questions, without))
    made = run.report(asked, refused, depth)
    output.data(made) if as_json else run.table(made)
    missed = run.missed(made, dict(_gate(one) for one in gates))
    for one in missed:
        output.note(f"Verfehlt: {one}")
    ctx.exit(GATE_MISSED if missed else 0)


@command.command("dense")
@click.argument("questions", type=ANY, required=False)
@click.option("--corpus", type=FOLDER, help="Ordner mit Dokumenten, an denen in einem Wegwerf-Ordner gemessen wird; sonst an den Ihren.")
@output.json_option
@click.pass_context
def dense(ctx: click.Context, questions: Path | None, corpus: Path | None, as_json: bool) -> None:
    """Messen, was das Einbettungsmodell (EMBED_MODEL) der Suche nützt; an den eigenen Dokumenten gilt danach das Ergebnis."""
    from nova.cli.evaluation import dense as worth
    from nova.cli.evaluation import run
    from nova.cli.evaluation.questions import Suite, read

    suite = read(questions) if questions else Suite((), {})
    model = settings_of(ctx).EMBED_MODEL
    with scratch(ctx, EMBED_MODEL=model) if corpus else session(ctx) as client:
        stems = run.prepare(client, suite, corpus) if corpus else worth.stems(client) if suite.questions else {}
        made = worth.weigh(client, suite.questions, stems)
    output.data(made) if as_json else worth.table(made)


@command.command("make")
@click.argument("corpus", type=FOLDER)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--count", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Wie viele Fragen.")
@click.option("--seed", type=int, default=1, show_default=True, help="Gleiche Zahl, gleiche Auswahl.")
def make(corpus: Path, target: Path, count: int, seed: int) -> None:
    """Aus den Überschriften eines Bestands Fragen machen; im Bestand daneben sind diese Überschriften verdeckt."""
    from nova.cli.evaluation import probes

    made = probes.make(corpus, target, count, seed)
    output.line(f"{made} Fragen: nova eval retrieval {target / 'questions.jsonl'} --corpus {target / 'corpus'}")


def _gate(text: str) -> tuple[str, float]:
    name, _, least = text.partition("=")
    try:
        return name, float(least)
    except ValueError:
        raise InvalidInput(f"--gate {text}: erwartet wird zum Beispiel hit@5=65.") from None
