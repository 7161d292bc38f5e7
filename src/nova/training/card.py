"""A run with all that is known of it in, its model card out (German Markdown): what got worse stands first, and no person in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from nova import german
from nova.journal import table
from nova.training.cures import NAMES, NEVER, Cure
from nova.training.cures import TITLES as CURE_TITLES
from nova.training.licences import Data, Licences, obligations
from nova.training.run_gates import Panel

METHODS = {"sft": "Feinabstimmung an Antworten (SFT)", "dpo": "Vorzüge aus Paaren (DPO)"}
SIDES = (("facts", "Fakten"), ("bleu", "BLEU"), ("rouge_l", "ROUGE-L"), ("refused", "Unbeantwortbares abgelehnt"),
         ("refused_answerable", "Beantwortbares abgelehnt"), ("against", "Gegen die Referenz"))  # fmt: skip
LIMITS = (
    "Antwortet nur hinter Novas Prüfungen: Jeder Satz wird an seinen Fundstellen geprüft, bevor ihn jemand liest.",
    "Beurteilt wurde es an den zurückgehaltenen Fragen dieses Datensatzes; über andere Themen sagt das nichts.",
    "Kein Ersatz für Rechtsauskunft, keine Entscheidung über Menschen, keine Notfälle.",
    "Geht ein Mensch aus dem Datensatz, dient der Adapter nicht mehr; seine Gewichte werden entfernt und ohne ihn neu gelernt.",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card is about: a run by name, its base and adapter, how it was made, and what was measured while it was made."""

    name: str
    method: str
    base: str
    base_sha256: str
    base_licence: str
    adapter_sha256: str | None
    dataset: str | None
    version: str | None
    digest: str
    state: str
    runs_on: str
    ended_at: datetime | None
    config: Mapping[str, Any]
    measured: Mapping[str, Any]


def place_of(run: str) -> str:
    """Where a run's card lies below the journal; a name there has no dots."""
    return f"models/{run.replace('.', '_')[:64]}/card.md"


def card(subject: Subject, data: Data | None, evaluation: Mapping[str, Any] | None, panel: Panel, known: Licences) -> str:
    """The page; sections without anything known say so."""
    parts = (
        _head(subject, evaluation),
        _worse(evaluation),
        _base(subject, known),
        _data(subject, data),
        _made(subject),
        _evaluated(evaluation),
        _cheaper(evaluation),
        _reviewed(panel),
        "## Grenzen\n\n" + "".join(f"- {one}\n" for one in LIMITS),
        _licences(subject, data, known),
    )
    return "\n".join(parts)


def _head(subject: Subject, evaluation: Mapping[str, Any] | None) -> str:
    if evaluation is None:
        verdict = "noch nicht beurteilt"
    else:
        held = [str(one["name"]) for one in evaluation["gates"] if not one["passed"]]
        verdict = f"gehalten von: {', '.join(held)}" if held else "alle Tore bestanden"
    ended = german.moment(subject.ended_at) if subject.ended_at else "läuft noch"
    rows = [("Verfahren", METHODS.get(subject.method, subject.method)), ("Stand", f"{subject.state}, {ended}"), ("Urteil", verdict)]
    return f"# Modellkarte: {subject.name}\n\n{table(('', ''), rows)}"


def _worse(evaluation: Mapping[str, Any] | None) -> str:
    head = "## Was schlechter wurde\n\n"
    if evaluation is None:
        return head + "Das ist noch nicht gemessen (`nova train evaluate --run`).\n"
    held = "".join(f"- **{one['name']}**: {one['reason']}\n" for one in evaluation["gates"] if not one["passed"])
    told = [f"{held}\n" if held else "", _drops(evaluation["worst"], "Kein Thema liegt unter der Basis.")]
    regression = evaluation["regression"]
    if regression["run"]:
        told.append(f"\nGegenüber dem Lauf {regression['run']}:\n\n" + _drops(regression["topics"], "Kein Thema liegt darunter."))
    return head + "".join(told)


def _drops(topics: Sequence[Mapping[str, Any]], none: str) -> str:
    """The topics that are below, the worst first; `none` where there is none."""
    rows = [
        (one["topic"], one["n"], _points(one["difference"]), f"{_points(one['low'])} bis {_points(one['high'])}", "ja" * one["worse"])
        for one in topics
        if one["difference"] < 0
    ]
    return table(("Thema", "Fragen", "Punkte", "95 %", "belegt"), rows) if rows else f"{none}\n"


def _base(subject: Subject, known: Licences) -> str:
    licence = known.licences.get(subject.base_licence)
    rows = [
        ("Basis", subject.base), ("Lizenz", licence.title if licence else subject.base_licence or "unbekannt"),
        ("SHA-256 der Basis", subject.base_sha256), ("SHA-256 des Adapters", subject.adapter_sha256 or "noch keiner"),
    ]  # fmt: skip
    return f"## Basis\n\n{table(('', ''), rows)}"


def _data(subject: Subject, data: Data | None) -> str:
    named = f"{subject.dataset} {subject.version}" if subject.dataset else "aus einem Ordner"
    rows: list[tuple[object, object]] = [("Datensatz", named), ("SHA-256", subject.digest)]
    if data is None:
        return f"## Daten\n\n{table(('', ''), rows)}\nMehr ist von den Daten nicht bekannt.\n"
    people = "unbekannt" if data.people is None else data.people
    rows += [
        ("Klasse", data.classification or "nicht angegeben"),
        ("Ausfuhr", data.export_control or "nicht angegeben"),
        ("Menschen", people),
    ]
    sources, licences = (sorted(some.items(), key=lambda one: (-one[1], one[0])) for some in (data.sources, data.licences))
    return f"## Daten\n\n{table(('', ''), rows)}\n{table(('Quelle', 'Zeilen'), sources)}\n{table(('Lizenz', 'Zeilen'), licences)}"


def _made(subject: Subject) -> str:
    chosen, measured = list(_flat(subject.config)), list(_flat(subject.measured))
    return (
        f"## Einstellungen\n\n{table(('Angabe', 'Wert'), chosen) if chosen else 'Keine bekannt.'}\n"
        f"## Gemessen\n\nGerechnet auf: {subject.runs_on}\n\n{table(('Angabe', 'Wert'), measured) if measured else 'Nichts gemessen.'}"
    )


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """Names with dots, and single values."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, (list, tuple)):
            yield f"{before}{name}", ", ".join(map(str, value))
        else:
            yield f"{before}{name}", "" if value is None else value


def _evaluated(evaluation: Mapping[str, Any] | None) -> str:
    if evaluation is None:
        return "## Beurteilung\n\nKeine.\n"
    sides = [(title, _figure(evaluation.get(name)), _figure(evaluation["base"].get(name))) for name, title in SIDES]
    gates = [("ja" if one["passed"] else "nein", one["name"], one["reason"]) for one in sorted(evaluation["gates"], key=_passed)]
    win = evaluation["win"]
    won = f"{win['won']} gewonnen, {win['lost']} verloren, {win['tied']} unentschieden; {win['voted']} davon entschieden Menschen.\n"
    return (
        f"## Beurteilung\n\n{evaluation['items']} Fragen. {won}\n{table(('', 'Modell', 'Basis'), sides)}\n"
        f"{table(('Bestanden', 'Tor', 'Warum'), gates)}"
    )


def _cheaper(evaluation: Mapping[str, Any] | None) -> str:
    """What the base with something cheaper is worth; of evaluations from before nothing was tried."""
    found = (evaluation or {}).get("cures") or [asdict(Cure(name, NEVER)) for name in NAMES]
    rows = [(CURE_TITLES[one["name"]], _figure(one["facts"]), _figure(one["cand_facts"]), _won(one["win"]), one["why"]) for one in found]
    head = ("Statt Training", "Fakten", "Fakten des Modells", "Gewinnrate des Modells", "Nicht versucht, weil")
    return f"## Billigeres zum Vergleich\n\n{table(head, rows)}"


def _won(win: Mapping[str, Any] | None) -> str:
    return "" if win is None else f"{german.percent(win['rate'])} ({german.percent(win['low'])} bis {german.percent(win['high'])})"


def _passed(gate: Mapping[str, Any]) -> bool:
    return bool(gate["passed"])


def _figure(value: float | None) -> str:
    return "" if value is None else german.plain(value, 3 if abs(value) < 1.5 else 1)


def _reviewed(panel: Panel) -> str:
    finished = sum(bool(one["finished"]) for one in panel.raters)
    if not panel.raters:
        return "## Durchsicht durch Menschen\n\nNoch niemand hat Antworten blind verglichen.\n"
    kappa = "nicht messbar" if panel.kappa is None else german.plain(panel.kappa, 2)
    stands = "genug" if panel.enough else "überfällig" if panel.overdue else f"es fehlen {panel.missing}"
    rows = [("Paare", panel.pairs), ("Begonnen", len(panel.raters)), ("Fertig", finished), ("Kappa", kappa), ("Stand", stands)]
    return f"## Durchsicht durch Menschen\n\n{table(('', ''), rows)}"


def _licences(subject: Subject, data: Data | None, known: Licences) -> str:
    names: Sequence[str] = [subject.base_licence, *(data.licences if data else ())]
    duties = list(obligations(known, names).items())
    return f"## Lizenz und Ausfuhr\n\n{table(('Lizenz', 'Was sie verlangt'), duties)}\n{known.export.note}\n"


def _points(value: float) -> str:
    return ("+" if value > 0 else "") + german.plain(100 * value)
