"""The engines that use datasets, as 002 names them: what each reads, who uses it, and by what it is measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from nova.seeding.pretrain.kinds import Sort

Purpose = Literal["operations", "training", "profiling"]


@dataclass(frozen=True, slots=True)
class EngineKind:
    """A kind of engine.

    `columns` it needs, of which those of `spare` may be empty; `fits` is the kind of model that it learns, if one of those, `renames` how
    that calls columns; from `least` rows on it can be measured; `learns`: whether it must beat a baseline. `metric` and `consumer` are
    German.
    """

    name: str
    title: str
    columns: Mapping[str, Sort]
    consumer: str
    metric: str
    better: Literal["up", "down"]
    learns: bool
    least: int
    fits: str | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    purpose: Purpose = "operations"
    spare: frozenset[str] = frozenset()

    def first(self, sort: Sort) -> str | None:
        """The first column of a sort."""
        return next((name for name, found in self.columns.items() if found == sort), None)


def _kind(name: str, title: str, columns: str, consumer: str, metric: str, **more: object) -> EngineKind:
    read = dict(one.split(":") for one in columns.split())
    given = {"better": "up", "learns": True, "least": 200, **more}
    return EngineKind(name, title, read, consumer, metric, **given)  # type: ignore[arg-type]


_ALL = (
    _kind(
        "ContentPerformance", "Wirkung von Inhalten",
        "ts:moment kind:category topic:category words:number age_days:number dwell_s:number useful_share:number",
        "Reihenfolge der Durchsicht", "Fehler des Anteils (RMSE)", better="down", fits="content_performance",
    ),
    _kind(
        "SelfLearning",
        "Selbstlernende Suche",
        "question_id:group chunk_id:category rank:number reward:number",
        "Rangfolge von Fundstellen",
        "nDCG@10",
    ),
    _kind(
        "ContinuousLearning", "Fortlaufendes Lernen", "question:text answer:text rejected:text purpose:category", "Trainingsmenge",
        "Anteil brauchbarer Paare", learns=False, least=20, purpose="training", spare=frozenset(["rejected"]),
    ),
    _kind(
        "Recommendations", "Empfohlene Fundstellen", "list_id:group candidates:text shown:category propensity:number reward:number",
        "/recommend, Übersicht", "SNIPS",
    ),
    _kind(
        "TrendingHashtag",
        "Begriffe im Aufwind",
        "day:moment channel:category term:category people:number",
        "Wissenslücken, Tickets",
        "Präzision@10",
    ),
    _kind(
        "CrossPlatform", "Kontakte je Thema und Kanal",
        "day:moment channel:category topic:category outages:number bills:number posts:number contacts:number",
        "Hinweis zur Besetzung bei den Kennzahlen", "mittlerer Fehler (MAE)", better="down", fits="cross_platform",
    ),
    _kind(
        "NavigationML", "Nächste Seite", "session:group ts:moment route:category role:category next:category", "Sprungpalette", "Treffer@3",
        fits="next_page", purpose="profiling",
    ),
    _kind(
        "NavigationFramework",
        "Startkacheln",
        "role:category route:category visits:number",
        "Startkacheln je Rolle",
        "Anteil der Besuche", least=20,
    ),
    _kind("AssistantBridge", "Brücke zur Seite", "question:text route:category", "Lunas Verweis auf eine Seite", "Genauigkeit", least=100,
        fits="topic", renames=MappingProxyType({"question": "text", "route": "topic"})),
    _kind(
        "Churn", "Abwanderung",
        "customer_no:group cutoff:moment tariff:category months_left:number price_change:number kwh:number contacts_90d:number tone:number "
        "left_90d:number", "Liste des Kundendienstes", "mittlere Präzision", fits="churn", purpose="profiling",
    ),
    _kind(
        "CustomerIntelligence", "Gruppen von Kundschaft", "kwh:number night_share:number peak_kw:number pv:number ev:number", "Spielbücher",
        "Log-Likelihood", fits="segments", purpose="profiling",
    ),
    _kind(
        "ROI",
        "Gesagter und gemessener Nutzen",
        "meter_id:group rule:category eur_said:number eur_measured:number",
        "Empfehlungen",
        "Fehler in EUR", better="down",
    ),
    _kind(
        "Optimization",
        "Günstige Stunden",
        "ts:moment price:number load:number plant:category",
        "Fahrplan",
        "EUR über dem Optimum", better="down",
    ),
    _kind(
        "Analytics", "Übliche Werte",
        "kpi:category hour:moment n:number total:number",
        "Alarme",
        "falsche und verpasste Alarme", better="down",
    ),
    _kind(
        "Ideation",
        "Themen für Entwürfe",
        "gap_id:group terms:text nearest:category",
        "Luminas Entwürfe",
        "Anteil brauchbarer Themen", learns=False, least=1,
    ),
    _kind(
        "Competitor", "Angebote anderer", "supplier:category plz:category base_eur:number ct_kwh:number valid_from:moment", "Kundendienst",
        "Anteil plausibler Angaben", learns=False, least=1,
    ),
    _kind(
        "Historical",
        "Frühere Inhalte",
        "source:category id:group ts:moment text:text",
        "Suche",
        "Anteil erhaltener Texte", learns=False, least=1,
    ),
    _kind(
        "Research", "Gefundene Seiten", "url:group fetched_at:moment licence:category text:text", "Vorschläge für Unterlagen",
        "Anteil zulässiger Seiten", learns=False, least=1,
    ),
)  # fmt: skip

ENGINES: Mapping[str, EngineKind] = MappingProxyType({one.name: one for one in _ALL})
