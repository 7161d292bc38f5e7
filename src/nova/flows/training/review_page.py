"""Blind reviews in, the page `models/finetune_reviews.md` out: pseudonyms, counts and agreement, no names and no texts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nova import german, journal
from nova.training.run_gates import Panel

PLACE = "models/finetune_reviews.md"
HEAD = ("Lauf", "Paare", "Fertig", "Kappa", "Einigkeit", "Fällig", "Stand")
RATERS = ("Person", "Beurteilt", "Kandidat besser", "Basis besser", "gleich", "")


def write_page(data: Path, reviews: Sequence[tuple[str, Panel, datetime]], now: datetime) -> None:
    """Write the page anew: each run with its review and until when it is due, newest first."""
    rows = [_row(*one) for one in reviews]
    text = (
        f"# Blinde Durchsicht von Feinabstimmungen\n\nStand: {german.moment(now)}. Wer urteilt, sieht beide Antworten ohne ihre Herkunft "
        "und erscheint hier nur mit seinem Pseudonym. Welche Seite gewann, steht hier erst, wenn jemand alle Paare beurteilt hat.\n\n"
        f"{journal.table(HEAD, rows)}\n" + "".join(_raters(reviews))
    )
    journal.write(data, PLACE, text)


def _row(name: str, one: Panel, due: datetime) -> tuple[object, ...]:
    finished = sum(bool(rater["finished"]) for rater in one.raters)
    stands = "genug" if one.enough else "überfällig" if one.overdue else f"es fehlen {one.missing}"
    return name, one.pairs, finished, _number(one.kappa), _number(one.agreement), german.moment(due), stands


def _raters(reviews: Sequence[tuple[str, Panel, datetime]]) -> Iterator[str]:
    for name, one, _ in reviews:
        if one.raters:
            yield f"\n## {name}\n\n{journal.table(RATERS, map(_rater, one.raters))}"


def _rater(one: Mapping[str, Any]) -> tuple[object, ...]:
    won = [one["won"].get(side, 0) if one["finished"] else "" for side in ("cand", "base", "tie")]
    return one["rater"], one["done"], *won, "begann den Lauf" if one["trainer"] else ""


def _number(value: float | None) -> str:
    return "" if value is None else german.plain(value, 2)
