"""A stage in, the whole wheel turned step by step out: what each step said, and its numbers."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nova.cli import output
from nova.cli.rehearsal import datasets, gap, people, proof, ranking
from nova.cli.rehearsal.stage import Stage, StepMissed, StepReport
from nova.errors import NovaError

DOCUMENTS = ("stromgvv.md", "nav.md", "avbfernwaermev.md", "heizkostenv.md")
Step = Callable[[Stage], StepReport]


def documents(stage: Stage) -> StepReport:
    """The samples that ordinary questions are about."""
    passages = stage.take(*DOCUMENTS)
    return StepReport(f"{len(DOCUMENTS)} Beispieldokumente, {passages} Passagen.", {"documents": len(DOCUMENTS), "passages": passages})


STEPS: Mapping[str, Step] = {
    "Unterlagen": documents,
    "Menschen": people.join,
    "Alltag": gap.everyday,
    "Wissenslücke": gap.lacking,
    "Ticket": gap.ticket,
    "Heilung": gap.healing,
    "Abschluss": gap.closing,
    "Reihenfolge": ranking.planting,
    "Lernen": ranking.learning,
    "Rücknahme": ranking.undoing,
    "Datensätze": datasets.cleaning,
    "Löschung": proof.erasing,
    "Protokoll": proof.auditing,
}


def turn(stage: Stage, steps: Mapping[str, Step] = STEPS) -> Iterator[dict[str, Any]]:
    """Each step when it is done. StepMissed names the step that missed."""
    for number, (name, step) in enumerate(steps.items(), 1):
        begun = time.monotonic()
        output.progress(f"  {number}/{len(steps)}  {name} ...")
        try:
            told = step(stage)
        except StepMissed as error:
            raise StepMissed(f"{name}: {error.message}") from error
        except NovaError as error:
            raise StepMissed(f"{name}: {error.message}", data=error.data) from error
        yield {"step": name, "told": told.text, "seconds": round(time.monotonic() - begun, 1), **told.numbers}
