"""What an alert is about and what is known around it in, the cheapest cure that fits out, with reasons for it and against the others.

Pure. In order of cost: a knowledge gap is filled (Lumina), a weak prompt gets a variant (Orion), a weak ranking learns (Orion), and only
when none of these explains the figures, and gaps were filled and a prompt tried before, is training asked for. What is no question of
quality goes to operations.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple
from uuid import UUID

from nova import german
from nova.crowd import TOO_FEW
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.registry import KPIS
from nova.stats.bounds import wilson

Kind = Literal["knowledge", "prompt", "ranking", "training", "operations", "other"]
Owner = Literal["chronos", "lumina", "orion", "aura"]
OWNERS: Mapping[Kind, Owner] = {
    "knowledge": "lumina",
    "prompt": "orion",
    "ranking": "orion",
    "training": "orion",
    "operations": "aura",
    "other": "chronos",
}
TITLES: Mapping[Kind, str] = {
    "knowledge": "Wissenslücke schließen",
    "prompt": "Prompt-Variante erproben",
    "ranking": "Reihenfolge der Fundstellen lernen",
    "training": "Training prüfen",
    "operations": "Betrieb prüfen",
    "other": "Ursache klären",
}
OF_SEARCH = ("weak_share", "refused_share", "gap_questions")
OF_PEOPLE = ("useful_share", "rephrased_share", "repeat_contact", "sentiment", "negative_share")
OF_WORDS = ("groundedness", "cited_share", "valid_citations")
CASES: Mapping[str, str] = {"groundedness": "Sätze", "cited_share": "Sätze", "valid_citations": "Zitate", "negative_share": "Beiträge"}
Sort = Literal["weak", "refused", "judged", "unproven", "any"]
SORTS: Mapping[str, Sort] = {
    "weak_share": "weak",
    "refused_share": "refused",
    "useful_share": "judged",
    **dict.fromkeys(OF_WORDS, "unproven"),
}  # which answers are bad in the eyes of a figure; for the others all that were weak or judged not to be useful
QUALITY = (*OF_SEARCH, *OF_PEOPLE, *OF_WORDS)
LEAST_QUESTIONS, LEAST_WEAKNESS = 5, 0.5  # of a gap that is worth a ticket
LEAST_OF_ONE, LEAST_OF_ALL = 0.2, 0.5  # share of the bad answers that the largest gap, or all gaps together, must hold to be the cause
LEAST_MISRANKED, LEAST_MISRANKED_SHARE = 5, 0.10
LEAST_SOURCE_THUMBS = 3
WEAK_SEARCH = 0.3  # above this share of weak answers the prompt is not to blame
UNTOLD = f"Hinter den Zahlen stehen {TOO_FEW}; gesagt werden sie deshalb nicht."
LEAST_PAIRS = 200  # reviewed rows below which training is not worth a run


@dataclass(frozen=True, slots=True)
class Gap:
    """A cluster of weakly answered questions: how many of the window, how weakly on average (0 to 1), and how many of the bad answers."""

    gap_id: UUID
    questions: int
    weakness: float
    bad: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known around an alert: figures of its window and of the one before, gaps (most bad answers first), and counts of answers.

    `bad`: the answers of the window that the figure counts as bad, see `SORTS`. `tried`: kinds of which a ticket was done lately.
    """

    kpi: str
    answers: int
    now: Mapping[str, Estimate] = field(default_factory=dict)
    before: Mapping[str, Estimate] = field(default_factory=dict)
    gaps: Sequence[Gap] = ()
    bad: int = 0
    misranked: int = 0
    source_thumbs: int = 0
    generator: bool = False
    candidates: int = 0
    tried: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """The share of questions that the cure would help, estimated with 95 % bounds from `n` of them; `of` (German) where it is of others."""

    share: float
    low: float
    high: float
    n: int
    of: str = "Fragen"


@dataclass(frozen=True, slots=True)
class CureOption:
    """A cure that was looked at, and why it fits or does not."""

    kind: Kind
    fits: bool
    why: str


@dataclass(frozen=True, slots=True)
class Cure:
    """What is to be done and by whom: evidence of ids, counts and figures, what it should bring, and everything that was looked at."""

    kind: Kind
    owner: Owner
    title: str
    why: str
    evidence: Mapping[str, Any]
    gain: Gain | None
    considered: tuple[CureOption, ...]
    gap_id: UUID | None = None

    @property
    def untold(self) -> "Cure":
        """The same without a number: fewer people are behind it than may be told of."""
        looked = tuple(CureOption(one.kind, one.fits, UNTOLD) for one in self.considered)
        return replace(self, why=UNTOLD, evidence={}, gain=None, considered=looked)


def triage(scene: Scene) -> Cure:
    """The cheapest cure that fits."""
    if scene.kpi not in QUALITY:
        why = "Die Kennzahl sagt nichts über die Güte von Antworten; sie betrifft den Betrieb."
        return _cure(scene, [CureOption("operations", True, why)], None)
    looked: list[CureOption] = []
    for look in (_knowledge, _prompt, _ranking):
        found, gain = look(scene)
        looked.append(found)
        if found.fits:
            return _cure(scene, looked, gain)
    looked += _training(scene)
    if not looked[-1].fits:
        looked.append(CureOption("other", True, "Keine der bekannten Ursachen erklärt die Zahlen; bitte sehen Sie sich die Antworten an."))
    return _cure(scene, looked, None)


def _cure(scene: Scene, looked: Sequence[CureOption], gain: Gain | None) -> Cure:
    chosen = looked[-1]
    gap = scene.gaps[0].gap_id if chosen.kind == "knowledge" else None
    return Cure(chosen.kind, OWNERS[chosen.kind], TITLES[chosen.kind], chosen.why, evidence(scene), gain, tuple(looked), gap)


def evidence(scene: Scene) -> dict[str, Any]:
    """The scene in ids, counts and figures."""
    return {
        "kpi": scene.kpi,
        "answers": scene.answers,
        "figures": {name: _plain(value) for name, value in scene.now.items()},
        "figures_before": {name: _plain(value) for name, value in scene.before.items()},
        "bad": scene.bad,
        "gaps": [
            {"gap_id": str(gap.gap_id), "questions": gap.questions, "weakness": round(gap.weakness, 3), "bad": gap.bad}
            for gap in scene.gaps[:10]
        ],
        "misranked": scene.misranked,
        "source_thumbs": scene.source_thumbs,
        "generator": scene.generator,
        "candidates": scene.candidates,
        "tried": {kind: kind in scene.tried for kind in ("knowledge", "prompt")},
    }


def _plain(value: Estimate) -> dict[str, Any]:
    shown = value.shown
    return {"value": shown.value, "n": shown.n, "low": shown.low, "high": shown.high, "few": shown.few}


def _knowledge(scene: Scene) -> tuple[CureOption, Gain | None]:
    if not scene.gaps:
        return CureOption("knowledge", False, "Im Zeitraum häufen sich keine schwach beantworteten Fragen zu einem Thema."), None
    gap, together = scene.gaps[0], sum(gap.bad for gap in scene.gaps)
    said = f"Die größte Wissenslücke hat {gap.questions} Fragen (Schwäche {_share(gap.weakness)})"
    if gap.questions < LEAST_QUESTIONS or gap.weakness < LEAST_WEAKNESS:
        return CureOption("knowledge", False, f"{said}; nötig sind {LEAST_QUESTIONS} und {_share(LEAST_WEAKNESS)}."), None
    held = f"{said} und {gap.bad} der {scene.bad} schlechten Antworten"
    if not gap.bad or (gap.bad < LEAST_OF_ONE * scene.bad and together < LEAST_OF_ALL * scene.bad):
        return CureOption("knowledge", False, f"{held}, alle Lücken zusammen {together}; das erklärt die Zahlen nicht."), None
    return CureOption("knowledge", True, f"{held}."), _gain(gap.questions, scene.answers)


def _prompt(scene: Scene) -> tuple[CureOption, Gain | None]:
    if not scene.generator:
        return CureOption("prompt", False, "Ohne Sprachmodell gibt es keinen Prompt, der schuld sein könnte."), None
    if scene.kpi in OF_SEARCH:
        return CureOption("prompt", False, "Die Kennzahl misst die Suche; ein Prompt ändert daran nichts."), None
    weak, weak_before = _value(scene.now, "weak_share"), _value(scene.before, "weak_share")
    if weak is not None and weak > max(WEAK_SEARCH, weak_before or 0.0):
        return CureOption("prompt", False, f"Die Suche ist selbst schwach ({_share(weak)} der Antworten)."), None
    worse = {name: drop for name in (*OF_WORDS, "negative_share") if (drop := _worse(scene, name)) is not None}
    if not worse:
        return CureOption("prompt", False, "Belegtreue, Zitate und Ton sind nicht sicher schlechter als zuvor."), None
    name, gain = max(worse.items(), key=lambda one: one[1].share)
    said = f"Die Suche hält, aber „{KPIS[name].title}“ ist um {_share(gain.share)} schlechter als zuvor."
    return CureOption("prompt", True, said), replace(gain, of=CASES[name])


def _ranking(scene: Scene) -> tuple[CureOption, Gain | None]:
    low, _ = wilson(scene.misranked, scene.answers)
    said = f"{scene.misranked} von {scene.answers} Antworten stützen sich zuerst auf eine Fundstelle, die nicht vorn stand"
    often = scene.misranked >= LEAST_MISRANKED and (low or 0.0) >= LEAST_MISRANKED_SHARE
    if often or scene.source_thumbs >= LEAST_SOURCE_THUMBS:
        why = f"{said}; {scene.source_thumbs} Urteile nennen die Quelle als Grund."
        return CureOption("ranking", True, why), _gain(max(scene.misranked, scene.source_thumbs), scene.answers)
    return CureOption("ranking", False, f"{said}, und {scene.source_thumbs} Urteile nennen die Quelle; das ist zu wenig."), None


def _training(scene: Scene) -> list[CureOption]:
    """Training, or what is to be tried before it."""
    said = f"{scene.candidates} geprüfte Zeilen mit Einwilligung liegen vor"
    if scene.kpi in OF_SEARCH:
        return [CureOption("training", False, "Die Kennzahl misst die Suche; ein trainiertes Modell ändert daran nichts.")]
    if scene.candidates < LEAST_PAIRS:
        return [CureOption("training", False, f"{said}; unter {LEAST_PAIRS} lohnt kein Training.")]
    first = _untried(scene)
    if first is None:
        return [CureOption("training", True, f"Weder Wissen noch Prompt noch Reihenfolge erklären die Zahlen. {said}.")]
    return [CureOption("training", False, f"{said}; was weniger kostet, ist aber noch nicht versucht."), first]


def _untried(scene: Scene) -> CureOption | None:
    """What costs less than training and was not tried lately."""
    if scene.gaps and "knowledge" not in scene.tried:
        return CureOption(
            "knowledge", True, "Bevor trainiert wird: Noch keine Wissenslücke wurde in letzter Zeit geschlossen, die größte ist offen."
        )
    if scene.generator and "prompt" not in scene.tried:
        return CureOption(
            "prompt", True, "Bevor trainiert wird: Erproben Sie eine Prompt-Variante; sie kostet nichts und lässt sich sofort zurücknehmen."
        )
    return None


def _gain(helped: int, of: int) -> Gain | None:
    if of <= 0:
        return None
    low, high = wilson(min(helped, of), of)
    return Gain(min(helped, of) / of, low or 0.0, high or 0.0, of)


def _worse(scene: Scene, name: str) -> Gain | None:
    """How much worse a share is than in the window before; None unless the bounds do not touch."""
    now, then = _interval(scene.now, name), _interval(scene.before, name)
    if now is None or then is None:
        return None
    above, below = (now, then) if name == "negative_share" else (then, now)
    apart = above.low - below.high
    return Gain(above.value - below.value, apart, above.high - below.low, scene.now[name].n) if apart > 0 else None


class _Interval(NamedTuple):
    value: float
    low: float
    high: float


def _interval(figures: Mapping[str, Estimate], name: str) -> _Interval | None:
    """A figure whose value and bounds are known."""
    one = figures.get(name)
    if one is None or one.value is None or one.bounds is None:
        return None
    return _Interval(one.value, *one.bounds)


def _value(figures: Mapping[str, Estimate], name: str) -> float | None:
    return figures[name].value if name in figures else None


def _share(value: float) -> str:
    return german.percent(value)
