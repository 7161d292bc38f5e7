"""Nothing in, every measured figure out: its name, what it is called in German, its unit, how it is summed up and which way is better.

Tables, alerts, Prometheus, Grafana, reports and pages all read this one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Literal

KpiKind = Literal["share", "mean", "count", "percentile"]


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure. `meaning` and `formula` are German; `digits` are those after the comma that mean something.

    A share and a mean are `total / n` of the hours' rows, a count is their `total`, a percentile is read at `quantile` from their
    histograms. `rows` names the rows it reads where that is not its own name (two percentiles of one histogram). `within`: what a mean can
    be at all; its bounds never lie outside. `of_people`: what people did; it is told only where enough of them are behind it.
    """

    name: str
    title: str
    unit: str
    kind: KpiKind
    better: Literal["up", "down"]
    meaning: str
    formula: str
    rows: str = ""
    quantile: float = 0.0
    digits: int = 2
    within: tuple[float, float] = (-inf, inf)
    of_people: bool = True

    @property
    def stored(self) -> str:
        """What its rows in `kpi_hours` are called."""
        return self.rows or self.name


_ALL = (
    Kpi("answers", "Antworten", "Antworten", "count", "up", "Wie viele Fragen Luna bekam.", "Zahl der Antworten aller Art", digits=0),
    Kpi(
        "refused_share", "Ohne Antwort", "%", "share", "down", "Wie oft Luna sagte, dass dazu nichts in den Unterlagen steht.",
        "abgelehnte / alle Antworten",
    ),
    Kpi(
        "cited_share", "Zitatabdeckung", "%", "share", "up", "Welcher Teil der Sätze eine gültige Quelle hat.",
        "Sätze mit mindestens einem gültigen Zitat oder Datenbeleg / Sätze gegebener Antworten",
    ),
    Kpi(
        "valid_citations", "Gültige Zitate", "%", "share", "up", "Ob Zitate noch Wort für Wort in der Fassung stehen, aus der sie sind.",
        "Zitate, deren Wortlaut dem gespeicherten Text der Fassung gleicht / alle Zitate",
    ),
    Kpi(
        "groundedness", "Belegtreue", "%", "mean", "up", "Wie viel von dem, was ein Satz sagt, in seinen Quellen steht.",
        "je Satz: gefundene / alle Inhaltswörter; 0, wenn eine Zahl fehlt oder kein Beleg da ist; davon das Mittel", within=(0, 1),
    ),
    Kpi(
        "useful_share", "Hilfreich", "%", "share", "up", "Welcher Teil der Urteile „hilfreich“ lautet.", "Daumen hoch / alle Urteile",
    ),
    Kpi(
        "rephrased_share", "Umformuliert", "%", "share", "down", "Wie oft dieselbe Frage gleich noch einmal anders gestellt wurde.",
        "Fragen, die binnen zehn Minuten die vorige desselben Gesprächs oder derselben Person wiederholen / alle Fragen",
    ),
    Kpi(
        "repeat_contact", "Wiederkehrende Anliegen", "%", "share", "down", "Wie oft sich jemand mit demselben Anliegen erneut meldet.",
        "Kontakte mit demselben Thema derselben Person binnen sieben Tagen / alle Kontakte, die ein Anliegen nennen",
    ),
    Kpi(
        "sentiment", "Stimmung", "", "mean", "up", "Wie der Ton der Menschen ist, von -1 (ungehalten) bis 1 (zufrieden).",
        "Mittel der Werte aller Beiträge, deren Ton sich bestimmen lässt", within=(-1, 1),
    ),
    Kpi(
        "negative_share", "Verärgert", "%", "share", "down", "Welcher Teil der Beiträge mit bestimmbarem Ton verärgert klingt.",
        "verärgerte / Beiträge mit bestimmbarem Ton",
    ),
    Kpi(
        "unknown_share", "Ton unbestimmt", "%", "share", "down", "Bei welchem Teil der Beiträge sich der Ton nicht bestimmen lässt.",
        "unbestimmte / alle Beiträge",
    ),
    Kpi(
        "dwell_s", "Verweildauer", "s", "mean", "up", "Wie lange Antworten und ihre Fundstellen gelesen werden.",
        "Mittel der gemeldeten Lesezeiten, je höchstens 30 min", digits=1, within=(0, 1800),
    ),
    Kpi(
        "latency_p50_ms", "Antwortzeit, Mitte", "ms", "percentile", "down", "In welcher Zeit die Hälfte der Antworten fertig ist.",
        "Median", "latency_ms", 0.5, 0,
    ),
    Kpi(
        "latency_p95_ms", "Antwortzeit, 95 %", "ms", "percentile", "down", "In welcher Zeit 95 von 100 Antworten fertig sind.",
        "95. Perzentil", "latency_ms", 0.95, 0,
    ),
    Kpi(
        "weak_share", "Schwache Suche", "%", "share", "down", "Wie oft die Suche wenig fand, ob Luna antwortete oder nicht.",
        "abgelehnte und nur knapp beantwortete / alle Antworten aus Dokumenten",
    ),
    Kpi(
        "gap_questions", "Offene Fragen", "Fragen", "count", "down", "Wie viele Fragen auf eine Wissenslücke deuten.",
        "abgelehnte, schwach gefundene und als falsch, unvollständig oder schlecht belegt beurteilte Fragen", digits=0,
    ),
    Kpi(
        "cost_eur", "Kosten", "EUR", "count", "down", "Was Antworten nach den eingestellten Preisen kosten (Schätzung).",
        "Token x NOVA_PRICE_TOKENS + Rechenzeit x NOVA_PRICE_CPU",
    ),
    Kpi(
        "intake_refused", "Nicht gespeichert", "Texte", "count", "down",
        "Wie viele Texte nicht gespeichert wurden, weil keine Einwilligung vorlag oder sie nicht prüfbar waren.",
        "Zahl je Tag, der ersten Stunde des Tages zugerechnet", digits=0, of_people=False,
    ),
    Kpi(
        "withheld", "Zurückgehalten", "Sätze", "count", "down",
        "Wie viele Sätze eines Sprachmodells zurückgehalten wurden, weil sie jemanden nannten, der nicht in Frage oder Fundstelle steht.",
        "Zahl der Sätze mit einer Angabe zu einer Person, die erst das Modell hinzufügte", digits=0,
    ),
    Kpi(
        "engines_reached", "Engines erreichbar", "%", "share", "up", "Wie oft die Engines, die Datensätze nutzen, antworteten.",
        "Antworten / Anfragen nach ihrer Kennzahl", of_people=False,
    ),
    Kpi(
        "engine_s", "Antwortzeit der Engines", "s", "mean", "down", "Wie lange Engines für ihre Kennzahl brauchen.",
        "Mittel über alle Anfragen, die beantwortet wurden", of_people=False, within=(0, inf),
    ),
    Kpi(
        "deliveries_lost", "Lieferungen ohne Erfolg", "Lieferungen", "count", "down",
        "Wie viele Lieferungen an Engines zurückgenommen, abgewiesen oder nicht angenommen wurden.",
        "Zahl der Lieferungen mit diesem Ende", digits=0, of_people=False,
    ),
    Kpi(
        "run_budget", "Training: Budget verbraucht", "%", "mean", "down", "Welchen Teil ihres Budgets Läufe verbraucht haben.",
        "Stunden, kWh oder EUR / erlaubte, das Größte davon; je Stunde der letzte Stand des schlechtesten Laufs", of_people=False,
        within=(0, inf),
    ),
    Kpi(
        "run_pace", "Training: Dauer gegen Schätzung", "x", "mean", "down", "Wievielmal so lange wie geschätzt Läufe brauchen.",
        "Sekunden je Schritt / vor dem Beginn gemessene; je Stunde der letzte Stand des langsamsten Laufs", of_people=False,
        within=(0, inf),
    ),
    Kpi(
        "gpu_usable", "Grafikkarten nutzbar", "%", "share", "up", "Ob die Grafikkarten da sind, die für Läufe eingerichtet sind.",
        "gefundene / in NOVA_TRAIN_GPU genannte Karten; je Stunde der letzte Stand", of_people=False,
    ),
    Kpi(
        "gpu_memory", "Grafikspeicher belegt", "%", "mean", "down", "Wie voll diese Karten ohne einen eigenen Lauf sind.",
        "belegter / vorhandener Grafikspeicher der vollsten Karte; je Stunde der letzte Stand", of_people=False, within=(0, 1),
    ),
    Kpi(
        "adapter_drift", "Abdrift des Adapters", "%", "mean", "down", "Wie weit der dienende Adapter davor steht, weichen zu müssen.",
        "Verschlechterung der schlechtesten beobachteten Kennzahl / Verschlechterung, ab der sie sicher ist", of_people=False,
        within=(0, inf),
    ),
    Kpi(
        "train_facts", "Feinabstimmung: Fakten", "%", "mean", "up", "Welcher Teil der Fakten stimmt, die ein trainiertes Modell nennt.",
        "Mittel der Beurteilungen, je Lauf die letzte der Stunde", of_people=False, within=(0, 1),
    ),
    Kpi(
        "train_win", "Feinabstimmung: Gewinnrate", "%", "mean", "up", "Wie oft ein trainiertes Modell besser antwortet als seine Basis.",
        "gewonnene / alle Vergleiche, Gleichstand halb; Mittel der Beurteilungen", of_people=False, within=(0, 1),
    ),
    Kpi(
        "train_bleu", "Feinabstimmung: BLEU", "", "mean", "up", "Wie sehr die Worte eines trainierten Modells denen der Referenz gleichen.",
        "BLEU; Mittel der Beurteilungen", digits=1, of_people=False, within=(0, 100),
    ),
    Kpi(
        "train_rouge_l", "Feinabstimmung: ROUGE-L", "", "mean", "up", "Wie lange Wortfolgen ein trainiertes Modell mit der Referenz teilt.",
        "ROUGE-L; Mittel der Beurteilungen", of_people=False, within=(0, 1),
    ),
    Kpi(
        "train_hours", "Feinabstimmung: Laufzeit", "h", "mean", "down", "Wie lange Läufe dauern, die ein Modell trainieren.",
        "Mittel über alle beendeten Läufe, von ihrem Beginn an", digits=1, of_people=False, within=(0, inf),
    ),
    Kpi(
        "train_over_budget", "Feinabstimmung: über Budget", "Läufe", "count", "down",
        "Wie viele Läufe mehr Zeit oder Geld brauchten, als ihre Einstellungen erlauben.",
        "Zahl der beendeten Läufe über `budget`", digits=0, of_people=False,
    ),
    Kpi(
        "review_kappa", "Einigkeit der Redaktion", "", "mean", "up", "Wie einig sich zwei Personen sind, die dieselbe Antwort durchsehen.",
        "Cohens Kappa der Paare von vier Wochen, jede Woche neu", of_people=False, within=(-1, 1),
    ),
    Kpi(
        "second_overdue", "Zweite Meinungen überfällig", "Antworten", "mean", "down",
        "Wie viele Antworten länger auf eine zweite Meinung warten, als sie sollen.",
        "Mittel der Stunden, in denen etwas wartete", digits=1, of_people=False, within=(0, inf),
    ),
    Kpi(
        "fell_back_share", "Rückfall", "%", "share", "down",
        "Wie oft ein Sprachmodell schwieg oder nichts Belegbares schrieb, sodass die Fundstellen selbst antworteten.",
        "aus Fundstellen zusammengestellte / Antworten, die ein Sprachmodell schreiben sollte",
    ),
    Kpi("events", "Ereignisse", "Ereignisse", "count", "up", "Wie viele Ereignisse gemeldet wurden.", "Zahl der Ereignisse", digits=0),
)  # fmt: skip

KPIS: Mapping[str, Kpi] = MappingProxyType({kpi.name: kpi for kpi in _ALL})
