"""`nova train evaluate` and `nova train leaks`: answers judged and sets held apart, without a server."""

from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.training import datasets, judging, keys, runs
from nova.errors import InvalidInput

GATE = 5
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
gates_option = click.option("--gates", type=FILE, metavar="DATEI", help="Eigene Grenzen (gates.yaml); sonst die mitgelieferten.")


@click.group("train")
def command() -> None:
    """Trainierte Modelle beurteilen: ob ihre Fakten stimmen, und ob Testfragen im Training stehen."""


@command.command("evaluate")
@click.argument("cand", metavar="[KANDIDAT]", type=FILE, required=False)
@click.option("--base", type=FILE, metavar="DATEI", help="Antworten des Modells, das bisher dient: id, answer.")
@click.option("--reference", type=FILE, metavar="DATEI", help="Fragen: id, topic, question, reference, answerable.")
@click.option("--votes", type=FILE, metavar="DATEI", help="Stimmen von Menschen: id, rater, winner (cand, base, tie).")
@gates_option
@click.option("--run", metavar="LAUF", help="Statt Dateien: was ein Lauf und seine Basis antworteten, mit den Stimmen von Menschen.")
@judging.dataset_option
@output.json_option
@click.pass_context
def evaluate(ctx: click.Context, /, cand: Path | None, as_json: bool, **chosen: Any) -> None:
    """Antworten eines Kandidaten (id, answer; JSONL oder CSV) neben denen der Basis beurteilen, oder einen Lauf (--run).

    BLEU, chrF und ROUGE-L vergleichen Worte; „facts“ ist der Anteil der Fakten der Referenz (Zahlen mit Einheit, Tage, Paragraphen, Namen),
    die stimmen. Exit-Code 5: mindestens ein Tor hält den Kandidaten.
    """
    told = _of_files(cand, chosen) if chosen["run"] is None else _of_run(ctx, cand, chosen)
    if as_json:
        output.row(told)
    else:
        output.line(f"BLEU {told['bleu']}, ROUGE-L {told['rouge_l']}, Fakten {told['facts']}, Gewinnrate {told['win']['rate']}")
        judging.tell(told)
    _leave(ctx, told, as_json)


def _of_files(cand: Path | None, chosen: dict[str, Any]) -> dict[str, Any]:
    from nova.flows.training.comparing import compare

    base, reference = chosen["base"], chosen["reference"]
    if cand is None or base is None or reference is None:
        raise InvalidInput("Nötig sind KANDIDAT, --base und --reference, oder --run.")
    return compare(cand, base, reference, votes=chosen["votes"], gates=chosen["gates"])


def _of_run(ctx: click.Context, cand: Path | None, chosen: dict[str, Any]) -> dict[str, Any]:
    if cand is not None or any(chosen[name] is not None for name in ("base", "reference", "votes", "gates")):
        raise InvalidInput("--run nimmt keine Dateien; eigene Grenzen liegen unter NOVA_DATA/config/training/gates.yaml.")
    return judging.evaluate_run(ctx, chosen["run"], chosen["dataset"])


@command.command("leaks")
@click.argument("train", metavar="TRAINING", type=FILE)
@click.argument("test", metavar="TEST", type=FILE)
@click.option("--canaries", type=FILE, metavar="DATEI", help="Marken, die nicht gelernt werden dürfen, eine je Zeile.")
@gates_option
@output.json_option
@click.pass_context
def leaks(ctx: click.Context, /, train: Path, test: Path, as_json: bool, **chosen: Any) -> None:
    """Testfragen finden, die im Training stehen (id, person, session, template, question, answer; JSONL oder CSV).

    Arten: verbatim, near, paraphrase, contained (die Antwort steht in einer längeren), person, session, template, canary.
    Exit-Code 5: eine Testfrage steht im Training, oder eine Marke mehrfach.
    """
    from nova.training.commands import leak_files

    told = leak_files(train, test, chosen["canaries"], chosen["gates"])
    if as_json:
        output.row(told)
    else:
        output.line(f"{told['test_leaked_count']} von {told['test_rows']} Testfragen stehen im Training.")
        for reason in told["repeated"]:
            output.line(reason)
        for one in told["pairs"][:50]:
            output.line(f"{one['kind']}: {one['test'] or '-'} in {one['train'] or '-'} ({one['score']})")
    _leave(ctx, told, as_json)


def _leave(ctx: click.Context, told: dict[str, Any], as_json: bool) -> None:
    if not as_json:
        for problem in told["problems"]:
            output.note(problem)
    if not told["passed"]:
        ctx.exit(GATE)


for _one in (*datasets.COMMANDS, *runs.COMMANDS, *judging.COMMANDS, *keys.COMMANDS):
    command.add_command(_one)
