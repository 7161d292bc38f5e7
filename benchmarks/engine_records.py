"""A kind of engine and a seed in, records with an effect that it can learn out; and the same made bad in three ways."""

import json
from typing import Any

import numpy as np
import polars as pl

from benchmarks.seeding_planted import planted
from nova.seeding.delivery.kinds import ENGINES

Dice = np.random.Generator
Columns = dict[str, Any]
FROM = {
    "ContentPerformance": "content_performance",
    "CrossPlatform": "cross_platform",
    "NavigationML": "next_page",
    "Churn": "churn",
    "CustomerIntelligence": "segments",
}
ROUTES = ("/", "/fragen", "/energie", "/markt", "/empfehlungen", "/dokumente", "/admin/kpis", "/admin/korpus", "/admin/modelle")
LABEL = {
    "ContentPerformance": "useful_share", "CrossPlatform": "contacts", "NavigationML": "next", "Churn": "left_90d",
    "SelfLearning": "reward",
    "Recommendations": "reward", "TrendingHashtag": "people", "NavigationFramework": "route", "AssistantBridge": "route",
    "ROI": "eur_measured",
    "Optimization": "price", "Analytics": "total", "CustomerIntelligence": "peak_kw",
}  # fmt: skip
SWAPPED = {
    "ContentPerformance": ("words", "age_days"), "CrossPlatform": ("bills", "contacts"), "NavigationML": ("route", "role"),
    "Churn": ("kwh", "contacts_90d"), "SelfLearning": ("rank", "reward"), "Recommendations": ("propensity", "reward"),
    "TrendingHashtag": ("channel", "term"), "NavigationFramework": ("role", "route"), "AssistantBridge": ("question", "route"),
    "ROI": ("eur_said", "eur_measured"), "Optimization": ("price", "load"), "Analytics": ("n", "total"),
    "CustomerIntelligence": ("kwh", "night_share"),
}  # fmt: skip


def records(kind: str, seed: int, rows: int) -> pl.DataFrame:
    """Good records of a kind of engine."""
    if kind in FROM:
        return planted(FROM[kind], 11, 9000).slice((seed - 1) * rows, rows).select(list(ENGINES[kind].columns))
    dice = np.random.default_rng(seed)
    world = np.random.default_rng(77)  # what is so, whoever looks
    return pl.DataFrame(_MAKERS[kind](dice, world, rows))


def _self_learning(dice: Dice, world: Dice, n: int) -> Columns:
    worth = world.normal(0, 1, 40)
    chunk, rank = dice.integers(0, 40, n), dice.integers(1, 11, n)
    reward = (dice.random(n) < 1 / (1 + np.exp(-(worth[chunk] - 0.15 * rank)))).astype(int)
    return {
        "question_id": [f"q{one}" for one in dice.integers(0, max(2, n // 8), n)],
        "chunk_id": [f"c{one}" for one in chunk],
        "rank": rank,
        "reward": reward,
    }


def _continuous(dice: Dice, _: Dice, n: int) -> Columns:
    return {
        "question": [f"Frage {at} {dice.integers(1e6)}" for at in range(n)],
        "answer": [f"Die richtige Antwort {at}" for at in range(n)],
        "rejected": [f"falsch {at}" for at in range(n)],
        "purpose": ["training"] * n,
    }


def _recommendations(dice: Dice, world: Dice, n: int) -> Columns:
    worth = world.normal(-0.5, 1, 20)
    shown = [dice.choice(20, 5, replace=False) for _ in range(n)]
    took = [int(dice.choice(one)) for one in shown]
    return {
        "list_id": [f"l{at}" for at in range(n)], "candidates": [json.dumps([{"id": f"c{c}"} for c in one]) for one in shown],
        "shown": [f"c{one}" for one in took],
        "propensity": [0.2] * n, "reward": [int(dice.random() < 1 / (1 + np.exp(-worth[one]))) for one in took],
    }  # fmt: skip


def _trending(dice: Dice, world: Dice, n: int) -> Columns:
    terms, days = [f"begriff{at}" for at in range(60)], max(28, n // 60)
    rising = set(world.choice(60, 10, replace=False).tolist())
    base, rows = world.uniform(2, 30, 60), []
    for day in range(days):
        for at, term in enumerate(terms):
            level = base[at] * (1 + 3 * (at in rising) * max(0.0, (day - days * 0.5) / (days * 0.5)))
            rows.append((str(np.datetime64("2026-01-01") + day), ("telefon", "mail")[at % 2], term, int(dice.poisson(level))))
    return dict(zip(("day", "channel", "term", "people"), map(list, zip(*rows, strict=True)), strict=True))


def _tiles(dice: Dice, world: Dice, n: int) -> Columns:
    likes = {role: world.dirichlet(np.full(len(ROUTES), 0.4)) for role in ("employee", "engineer", "admin")}
    role = dice.choice(list(likes), n)
    route = [str(dice.choice(ROUTES, p=likes[one])) for one in role]
    return {"role": role.tolist(), "route": route, "visits": dice.integers(1, 9, n)}


def _bridge(dice: Dice, _: Dice, n: int) -> Columns:
    words = {
        "/energie": "Verbrauch Lastgang Zähler",
        "/markt": "Börsenpreis Strompreis morgen",
        "/dokumente": "Datei Unterlage Vertragstext",
        "/empfehlungen": "sparen Tipp Empfehlung",
    }
    route = dice.choice(list(words), n)
    return {
        "question": [
            f"Wo finde ich {dice.choice(words[one].split())} {dice.choice(['heute', 'bitte', 'für Mai', 'genau'])} {dice.integers(999)}"
            for one in route
        ],
        "route": route.tolist(),
    }


def _roi(dice: Dice, world: Dice, n: int) -> Columns:
    factor = dict(zip(("standby", "tarif", "verschieben", "pv"), world.uniform(0.3, 1.4, 4), strict=True))
    rule, said = dice.choice(list(factor), n), dice.lognormal(3, 0.7, n).round(2)
    measured = np.maximum(0, said * np.array([factor[one] for one in rule]) * dice.lognormal(0, 0.25, n)).round(2)
    return {"meter_id": [f"m{at}" for at in range(n)], "rule": rule.tolist(), "eur_said": said, "eur_measured": measured}


def _optimization(dice: Dice, world: Dice, n: int) -> Columns:
    hours = np.arange(n)
    shape = 80 + 35 * np.sin((np.arange(24) - 13) / 24 * 2 * np.pi) + world.normal(0, 12, 24)
    price = shape[hours % 24] + dice.normal(0, 12, n) + np.repeat(dice.normal(0, 10, n // 24 + 1), 24)[:n]
    when = np.datetime64("2026-01-01T00:00:00") + hours.astype("timedelta64[h]")
    return {"ts": when.astype(str).tolist(), "price": price.round(2), "load": dice.uniform(1, 4, n).round(2), "plant": ["wärmepumpe"] * n}


def _analytics(dice: Dice, world: Dice, n: int) -> Columns:
    kpis, hours = ("answers", "refused_share", "dwell_s"), np.arange(n // 3 + 1)
    level = {one: world.uniform(2, 5) for one in kpis}
    rows = []
    for kpi in kpis:
        for hour in hours:
            count = int(dice.integers(20, 60))
            middle = level[kpi] * (1 + 0.5 * np.sin((hour % 24) / 24 * 2 * np.pi))
            rows.append(
                (
                    kpi,
                    str(np.datetime64("2026-01-01T00:00:00") + hour.astype("timedelta64[h]")),
                    count,
                    round(count * max(0.1, dice.normal(middle, 0.2)), 3),
                )
            )
    return dict(zip(("kpi", "hour", "n", "total"), map(list, zip(*rows[:n], strict=True)), strict=True))


def _ideation(_: Dice, __: Dice, n: int) -> Columns:
    return {
        "gap_id": [f"g{at}" for at in range(n)],
        "terms": [f"zähler umzug {at}" for at in range(n)],
        "nearest": [f"Merkblatt {at % 9}" for at in range(n)],
    }


def _competitor(dice: Dice, _: Dice, n: int) -> Columns:
    return {
        "supplier": [f"Anbieter {at}" for at in range(n)], "plz": [f"{10000 + at}" for at in range(n)],
        "base_eur": dice.uniform(6, 20, n).round(2),
        "ct_kwh": dice.uniform(24, 42, n).round(2), "valid_from": ["2026-01-01"] * n,
    }  # fmt: skip


def _historical(_: Dice, __: Dice, n: int) -> Columns:
    return {
        "source": ["archiv"] * n,
        "id": [f"t{at}" for at in range(n)],
        "ts": ["2025-05-01"] * n,
        "text": [f"Ein früherer Text {at}." for at in range(n)],
    }


def _research(_: Dice, __: Dice, n: int) -> Columns:
    return {
        "url": [f"https://example.org/{at}" for at in range(n)],
        "fetched_at": ["2026-01-02"] * n,
        "licence": ["CC BY 4.0"] * n,
        "text": [f"Seite {at}" for at in range(n)],
    }


_MAKERS = {
    "SelfLearning": _self_learning, "ContinuousLearning": _continuous, "Recommendations": _recommendations, "TrendingHashtag": _trending,
    "NavigationFramework": _tiles, "AssistantBridge": _bridge, "ROI": _roi, "Optimization": _optimization, "Analytics": _analytics,
    "Ideation": _ideation, "Competitor": _competitor, "Historical": _historical, "Research": _research,
}  # fmt: skip


def bad(kind: str, frame: pl.DataFrame, how: str, seed: int) -> pl.DataFrame:
    """The same with its labels in another order, two columns exchanged, or half of a column missing."""
    dice = np.random.default_rng(seed)
    if how == "shuffled":
        if kind == "CustomerIntelligence":
            return frame.with_columns(frame[name].gather(dice.permutation(len(frame))) for name in frame.columns)
        return frame.with_columns(frame[LABEL[kind]].gather(dice.permutation(len(frame))))
    if how == "swapped":
        first, second = SWAPPED[kind]
        return frame.rename({first: second, second: first}).select(frame.columns)
    half = pl.Series(dice.random(len(frame)) < 0.5)
    name = LABEL[kind]
    return frame.with_columns(pl.when(half).then(None).otherwise(pl.col(name)).alias(name))
