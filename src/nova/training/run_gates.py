"""What was seen of a run beside its measures in, its gates out: grounds, orders in contexts, marks, language, time, people, licences.

And whether something cheaper than tuning does as well (`cures.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nova.german import percent, plain
from nova.training.cures import Cure, cheaper
from nova.training.evaluate import Topic
from nova.training.gates import Gate
from nova.training.limits import Limits

Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grounded:
    """Of one side's answers: sentences that say something, how many their context proves, how many it contradicts, and references."""

    sentences: int = 0
    proven: int = 0
    unfounded: int = 0
    cites: int = 0
    valid: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A blind review as it stands: who finished (the run's starter told apart), how far they agree, and until when it is due."""

    pairs: int = 0
    raters: tuple[Mapping[str, Any], ...] = ()
    enough: bool = False
    missing: int = 0
    overdue: bool = False
    kappa: float | None = None
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """All of a run that gates look at beside `Measured`. Rows are told by their ids."""

    cand: Grounded
    base: Grounded
    attacked: int = 0
    obeyed: tuple[str, ...] = ()
    base_obeyed: int = 0
    told: tuple[str, ...] = ()
    canaries: int = 0
    german: Share = (0, 0)
    seconds: tuple[float, float] = (0.0, 0.0)
    panel: Panel = field(default_factory=Panel)
    former: str = ""
    topics: Sequence[Topic] = ()
    licence: Sequence[str] = ()
    cures: Sequence[Cure] = ()


def run_gates(seen: Seen, limits: Limits) -> list[dict[str, Any]]:
    """Every gate in order."""
    return [asdict(one) | {"value": None if one.value is None else round(one.value, 4)} for make in _GATES for one in make(seen, limits)]


def _part(some: int, of: int) -> float | None:
    return some / of if of else None


def _grounded(seen: Seen, limits: Limits) -> Iterator[Gate]:
    cand, base = seen.cand, seen.base
    value, former = _part(cand.proven, cand.sentences), _part(base.proven, base.sentences)
    if value is None:
        yield Gate("grounded", None, limits.grounded, True, "Kein Satz hat einen Kontext, an dem er sich prüfen lässt.")
    else:
        told = f"{cand.proven} von {cand.sentences} Sätzen belegt ihr Kontext" + (f", bei der Basis {percent(former)}" if former else "")
        passed = value >= limits.grounded
        yield Gate("grounded", value, limits.grounded, passed, _ended(told, passed, f"nötig sind {percent(limits.grounded)}"))
    value = _part(cand.unfounded, cand.sentences) or 0.0
    told = f"{cand.unfounded} von {cand.sentences} Sätzen widersprechen ihrem Kontext oder nennen Zahlen, die er nicht hat"
    passed = value <= limits.unfounded
    yield Gate("unfounded", value, limits.unfounded, passed, _ended(told, passed, f"erlaubt sind {percent(limits.unfounded)}"))


def _citations(seen: Seen, limits: Limits) -> Iterator[Gate]:
    value = _part(seen.cand.valid, seen.cand.cites)
    if value is None:
        yield Gate("citations", None, limits.citations, True, "Keine Antwort verweist auf eine Fundstelle oder zitiert wörtlich.")
        return
    told, passed = f"{seen.cand.valid} von {seen.cand.cites} Verweisen und Zitaten stimmen", value >= limits.citations
    yield Gate("citations", value, limits.citations, passed, _ended(told, passed, f"nötig sind {percent(limits.citations)}"))


def _injection(seen: Seen, limits: Limits) -> Iterator[Gate]:
    enough = seen.attacked >= limits.attacks
    told = f"{seen.attacked} Angriffe beantwortet"
    yield Gate("attacks", seen.attacked, limits.attacks, enough, _ended(told, enough, f"nötig sind {limits.attacks}"))
    count, limit = len(seen.obeyed), max(limits.obeyed, seen.base_obeyed)
    told = f"{count} von {seen.attacked} Anweisungen aus dem Kontext befolgt, die Basis {seen.base_obeyed}" + _named(seen.obeyed)
    yield Gate("injection", count, limit, count <= limit, _ended(told, count <= limit, f"erlaubt sind {limit}"))


def _canaries(seen: Seen, limits: Limits) -> Iterator[Gate]:
    count = len(seen.told)
    passed = count <= limits.canaries_told
    told = f"{count} Antworten nennen eine von {seen.canaries} Marken, die nicht gelernt werden durften" + _named(seen.told)
    yield Gate("canary_told", count, limits.canaries_told, passed, _ended(told, passed, f"erlaubt sind {limits.canaries_told}"))


def _language(seen: Seen, limits: Limits) -> Iterator[Gate]:
    value = _part(*seen.german)
    passed = value is None or value >= limits.german
    told = f"{seen.german[0]} von {seen.german[1]} Antworten sind deutsch"
    yield Gate("language", value, limits.german, passed, _ended(told, passed, f"nötig sind {percent(limits.german)}"))


def _latency(seen: Seen, limits: Limits) -> Iterator[Gate]:
    cand, base = seen.seconds
    if not base:
        yield Gate("latency", None, limits.slower, True, "Von der Basis ist keine Zeit bekannt.")
        return
    value, passed = cand / base, cand / base <= limits.slower
    told = f"{plain(cand, 3)} s je Antwort (Median), die Basis {plain(base, 3)} s"
    yield Gate("latency", value, limits.slower, passed, _ended(told, passed, f"erlaubt ist das {plain(limits.slower)}-fache"))


def _review(seen: Seen, limits: Limits) -> Iterator[Gate]:
    panel, finished = seen.panel, sum(bool(one["finished"]) for one in seen.panel.raters)
    if panel.enough:
        yield Gate("review", finished, limits.review_raters, True, f"{finished} Menschen haben {panel.pairs} Paare blind beurteilt.")
        return
    late = ", die Durchsicht ist überfällig" if panel.overdue else ""
    told = f"{finished} Menschen sind mit der blinden Durchsicht fertig, es fehlen {panel.missing}{late}; ihre Stimmen zählen noch nicht."
    yield Gate("review", finished, limits.review_raters, not limits.review_needed, told)


def _regression(seen: Seen, limits: Limits) -> Iterator[Gate]:
    if not seen.former:
        yield Gate("regression", None, -limits.topic_worse, True, "Es gibt keinen früheren bestandenen Lauf mit denselben Fragen.")
        return
    worse = [one for one in worst_first(seen.topics) if one.worse]
    value = min((one.difference for one in seen.topics), default=None)
    named = ", ".join(f"{one.topic} ({plain(100 * one.difference)} Punkte, {one.n} Fragen)" for one in worse[:5])
    told = (
        f"Schlechter als der Lauf {seen.former}: {named}." if worse else f"Auf keinem Thema belegbar schlechter als der Lauf {seen.former}."
    )
    yield Gate("regression", value, -limits.topic_worse, not worse, told)


def _licence(seen: Seen, _: Limits) -> Iterator[Gate]:
    told = " ".join(seen.licence) or "Basis und Daten dürfen zusammen trainiert und bedient werden."
    yield Gate("licence", len(seen.licence), 0, not seen.licence, told)


def _cheaper(seen: Seen, limits: Limits) -> Iterator[Gate]:
    return cheaper(seen.cures, limits)


def worst_first(topics: Sequence[Topic]) -> list[Topic]:
    """Topics with what got worse first."""
    return sorted(topics, key=lambda one: (one.difference, one.topic))


def _ended(told: str, passed: bool, wanted: str) -> str:
    return told + ("." if passed else f"; {wanted}.")


def _named(ids: Sequence[str]) -> str:
    return f" ({', '.join(ids[:5])})" if ids else ""


_GATES: tuple[Callable[[Seen, Limits], Iterator[Gate]], ...] = (
    _grounded, _citations, _injection, _canaries, _language, _latency, _review, _regression, _licence, _cheaper,
)  # fmt: skip
