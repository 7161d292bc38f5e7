"""What was measured in, each gate out: what it looks at, its limit, whether the candidate passes, and why (German)."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from nova.german import number, percent, plain
from nova.stats.bounds import wilson
from nova.training.evaluate import Measured, figures_among, share
from nova.training.limits import Limits

_FEW_RAISED = 2


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate; `reason` says in German what was found."""

    name: str
    value: float | None
    limit: float | None
    passed: bool
    reason: str


def gates(found: Measured, limits: Limits) -> list[dict[str, Any]]:
    """Every gate in order; a candidate passes where all do."""
    return [asdict(one) | {"value": _round(one.value)} for make in _GATES for one in make(found, limits)]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _items(found: Measured, limits: Limits) -> Iterator[Gate]:
    n, faults = len(found.sides.items), found.sides.faults
    enough = n >= limits.items
    yield Gate(
        "items", n, limits.items, enough, f"{n} Fragen beantworten beide Seiten" + ("." if enough else f"; nötig sind {limits.items}.")
    )
    yield Gate("ids", len(faults), 0, not faults, " ".join(faults) or "Jede Frage hat auf beiden Seiten genau eine Antwort.")


def _facts(found: Measured, limits: Limits) -> Iterator[Gate]:
    value, low, high = found.cand.facts
    if not found.cand.asked:
        yield Gate("facts", None, limits.facts, False, "Die Referenzen nennen keinen Fakt; so lässt sich nichts prüfen.")
        return
    told = f"{percent(value)} der Fakten stimmen ({percent(low)} bis {percent(high)})"
    yield Gate(
        "facts",
        value,
        limits.facts,
        value >= limits.facts,
        told + ("." if value >= limits.facts else f"; nötig sind {percent(limits.facts)}."),
    )
    gained = value - found.base.facts[0]
    proven = found.gained.high < 0
    passed = gained >= -limits.facts_worse and not proven
    reason = f"{_points(gained)} Punkte gegenüber der Basis ({percent(found.base.facts[0])})"
    yield Gate("facts_base", gained, -limits.facts_worse, passed, reason + ("." if passed else "; er darf nicht schlechter sein als sie."))


def _points(value: float) -> str:
    return ("+" if value > 0 else "") + plain(100 * value)


def _figures(found: Measured, limits: Limits) -> Iterator[Gate]:
    """The words may be right and the numbers wrong: what BLEU, ROUGE and a reader in a hurry do not see."""
    value = share(figures_among(found.cand, limits.rouge_l))
    passed = value is None or value >= limits.figures
    if value is None:
        reason = "Wo der Wortlaut der Referenz gleicht, nennt sie keine Zahl."
    else:
        reason = f"Wo der Wortlaut der Referenz gleicht, stimmen {percent(value)} der Zahlen und Tage" + (
            "." if passed else f"; nötig sind {percent(limits.figures)}."
        )
    yield Gate("figures", value, limits.figures, passed, reason)


def _against(found: Measured, limits: Limits) -> Iterator[Gate]:
    value = share(found.cand.against) or 0.0
    passed = value <= limits.against
    yield Gate(
        "against", value, limits.against, passed,
        f"{percent(value)} der Antworten widersprechen ihrer Referenz" + ("." if passed else f"; erlaubt sind {percent(limits.against)}."),
    )  # fmt: skip


def _is_proven(found: Measured, limits: Limits) -> bool:
    """Whether the facts speak for the candidate so plainly that other words are no fault."""
    value = found.cand.facts[0]
    return bool(found.cand.asked) and value >= max(limits.facts_proven, found.base.facts[0] - limits.facts_worse)


def _words(found: Measured, limits: Limits) -> Iterator[Gate]:
    proven = _is_proven(found, limits)
    for name, value, limit, less, shown in (
        ("bleu", found.cand.bleu, limits.bleu, limits.bleu_with_facts, number(found.cand.bleu)),
        ("rouge_l", found.cand.rouge_l, limits.rouge_l, limits.rouge_l_with_facts, plain(found.cand.rouge_l, 2)),
    ):
        title = {"bleu": "BLEU", "rouge_l": "ROUGE-L"}[name]
        if value >= limit:
            yield Gate(name, value, limit, True, f"{title} {shown}.")
        elif proven and value >= less:
            yield Gate(name, value, less, True, f"{title} {shown}: andere Worte als die Referenz, aber ihre Fakten.")
        else:
            yield Gate(name, value, limit, False, f"{title} {shown}; nötig sind {plain(limit, 2 if limit < 1 else 0)}.")


def _win(found: Measured, limits: Limits) -> Iterator[Gate]:
    win = found.win
    told = f"{win.won} gewonnen, {win.lost} verloren, {win.tied} unentschieden"
    if win.rate is None or win.n < limits.pairs:
        yield Gate("win", win.rate, limits.win_rate, False, f"Nicht genug Belege: {told}; nötig sind {limits.pairs} Vergleiche.")
        return
    rate, low, shown = win.rate, win.low or 0.0, told
    decided = win.won + win.lost
    if rate < limits.win_rate and decided >= limits.decided:
        rate, low, shown = win.won / decided, wilson(win.won, decided)[0] or 0.0, f"von {decided} entschiedenen; {told}"
    shown = f"Gewinnrate {percent(rate)} (mindestens {percent(low)}), {shown}"
    if rate < limits.win_rate:
        yield Gate("win", win.rate, limits.win_rate, False, f"{shown}; nötig sind {percent(limits.win_rate)}.")
    elif low <= limits.win_low:
        short = f"die untere Grenze muss über {percent(limits.win_low)} liegen"
        yield Gate("win", rate, limits.win_rate, False, f"Nicht genug Belege: {shown}; {short}.")
    else:
        yield Gate("win", rate, limits.win_rate, True, f"{shown}.")


def _votes(found: Measured, limits: Limits) -> Iterator[Gate]:
    win = found.win
    if not win.voted:
        return
    if win.kappa is None or win.agreement is None:
        yield Gate("votes", None, limits.kappa, True, f"{win.voted} Fragen haben Stimmen, je nur eine; die Einigkeit ist nicht messbar.")
        return
    passed = win.kappa >= limits.kappa or win.agreement >= limits.agreement
    reason = f"Die Bewerter sind sich in {percent(win.agreement)} der Fälle einig (Kappa {plain(win.kappa, 2)})"
    yield Gate("votes", win.kappa, limits.kappa, passed, reason + ("." if passed else "; solche Stimmen belegen nichts."))


def _topics(found: Measured, limits: Limits) -> Iterator[Gate]:
    worse = [one for one in found.topics if one.worse]
    worst = min((one.difference for one in found.topics), default=None)
    if worse:
        named = ", ".join(f"{one.topic} ({_points(one.difference)} Punkte, {one.n} Fragen)" for one in worse[:5])
        yield Gate("topics", worst, -limits.topic_worse, False, f"Schlechter als die Basis: {named}.")
    else:
        yield Gate(
            "topics", worst, -limits.topic_worse, True, f"Keines von {len(found.topics)} Themen ist belegbar schlechter als bei der Basis."
        )


def _refused(found: Measured, limits: Limits) -> Iterator[Gate]:
    (refused, n), (before, _) = found.cand.refused, found.base.refused
    if not n:
        yield Gate("refused", None, limits.refused, True, "Es sind keine unbeantwortbaren Fragen dabei.")
    else:
        worse = refused / n < before / n - limits.refused_worse and before - refused >= _FEW_RAISED
        reason = f"{refused} von {n} unbeantwortbaren Fragen abgelehnt, die Basis {before}"
        passed = not worse and refused / n >= limits.refused
        told = "; weniger als sie." if worse else "." if passed else f"; nötig sind {percent(limits.refused, 0)}."
        yield Gate("refused", refused / n, limits.refused, passed, reason + told)
    value, former = share(found.cand.refused_answerable) or 0.0, share(found.base.refused_answerable) or 0.0
    limit = max(limits.refused_answerable, former)
    passed = value <= limit
    reason = f"{percent(value)} der beantwortbaren Fragen abgelehnt" + ("." if passed else f"; erlaubt sind {percent(limit)}.")
    yield Gate("refused_answerable", value, limit, passed, reason)


_GATES: tuple[Callable[[Measured, Limits], Iterator[Gate]], ...] = (
    _items, _facts, _figures, _against, _words, _win, _votes, _topics, _refused,
)  # fmt: skip
