"""Columns of a source -> columns of a target schema: suggested by the likeness of names and by what the values are, applied when given."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from nova.errors import InvalidInput
from nova.privacy.recognise.grid import valid_malo
from nova.seeding.step import ID, Done, changes, removals
from nova.seeding.values import date_of, number_of

SAMPLE = 200
LEAST_SCORE = 0.6
MOST = 0.9
"""The share of values that must be of a kind for the column to count as of that kind."""
BY_VALUES, BY_VALUES_ALONE, AGAINST = 0.25, 0.7, 0.5
SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "kundennummer kundennr kdnr kdnummer kunde customerno customernumber customerid klantnummer partner geschaeftspartner gpnr",
        "vertragsnummer vertragsnr vertrag contractno contractnumber contractid contractnummer vertragskonto vkont",
        "zaehlernummer zaehlernr zaehler zaehlnr meterno meternumber meterid geraetenummer sernr equnr meternummer",
        "malo maloid marktlokation marktlokationsid marketlocation",
        "melo meloid messlokation messlokationsid zaehlpunkt meteringpoint meteringlocation extui",
        "plz postleitzahl zip zipcode postcode postalcode pstlz postcode1",
        "ort stadt city town wohnort ort01 city1 plaats",
        "strasse str street stras strassenname straat",
        "hausnummer hausnr hnr houseno housenumber housenum1 huisnummer",
        "vorname firstname givenname namefirst voornaam",
        "nachname name familienname lastname surname namelast achternaam",
        "email emailadresse mail mailadresse smtpaddr",
        "telefon telefonnummer tel phone phonenumber mobil telefoon telnr",
        "iban bankverbindung kontoiban",
        "geburtsdatum gebdat birthdate dateofbirth birthdt geboortedatum",
        "gueltigab ab von beginn validfrom start startdate vertragsbeginn einzdat lieferbeginn",
        "gueltigbis bis ende validto end enddate vertragsende auszdat lieferende",
        "verbrauch jahresverbrauch consumption kwh usage verbruik arbeit",
        "betrag summe amount total bedrag brutto betrw",
        "text nachricht message body inhalt beschreibung bemerkung description",
        "tarif produkt tariff product tarifart",
    )
)
KINDS: Mapping[str, str] = {
    "email": r"^[^\s@]+@[^\s@]+\.[A-Za-z]{2,}$",
    "iban": r"^[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){3,7} ?[A-Za-z0-9]{0,3}$",
    "melo": r"^(?:DE|AT|LU)\d{11}[A-Z0-9]{20}$",
    "malo": r"^\d{11}$",
    "plz": r"^(?:\d{5}|\d{4} ?[A-Z]{2})$",
}
OF_NAME: Mapping[str, str] = {
    "email": "email", "iban": "iban", "melo": "melo", "malo": "malo", "plz": "plz", "geburtsdatum": "date", "gueltigab": "date",
    "gueltigbis": "date", "verbrauch": "number", "betrag": "number",
}  # fmt: skip
"""The first of a line of synonyms -> the kind that its values have."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That `column` of the source is `target`, how sure (0 to 1), and why (German)."""

    column: str
    target: str
    score: float
    reason: str


def suggest(frame: pl.DataFrame, targets: Sequence[str]) -> list[Suggestion]:
    """The best one-to-one assignment of columns to targets, those of `LEAST_SCORE` and more, best first. Nothing is applied."""
    columns = sorted(name for name in frame.columns if name != ID)
    wanted = sorted(targets)
    if not columns or not wanted:
        return []
    rated = [_all_rated(frame[column], wanted) for column in columns]
    scores = np.array([[one.score for one in row] for row in rated])
    found = [rated[row][place] for row, place in zip(*linear_sum_assignment(scores, maximize=True), strict=True)]
    return _best(found)


def _all_rated(column: pl.Series, targets: Sequence[str]) -> list[Suggestion]:
    kind = kind_of(column)
    return [_rated(column.name, target, kind) for target in targets]


def _best(found: Sequence[Suggestion]) -> list[Suggestion]:
    return sorted((one for one in found if one.score >= LEAST_SCORE), key=lambda one: (-one.score, one.column))


def kind_of(column: pl.Series) -> str | None:
    """What nine in ten of the values are: `email`, `iban`, `melo`, `malo` (with its check digit), `plz`, `date`, `number`; else None."""
    texts = [text.strip() for text in column.drop_nulls().cast(pl.String).head(SAMPLE).to_list()]
    if not texts:
        return None
    return next((kind for kind in (*KINDS, "date", "number") if sum(_is_of(kind, text) for text in texts) >= MOST * len(texts)), None)


def _is_of(kind: str, text: str) -> bool:
    if kind == "date":
        return date_of(text) is not None
    if kind == "number":
        return number_of(text, ",") is not None
    return re.match(KINDS[kind], text) is not None and (kind != "malo" or is_malo(text))


def is_malo(text: str) -> bool:
    """Whether a value is the number of a market location: eleven digits with their check digit."""
    return re.fullmatch(r"[0-9]{11}", text) is not None and valid_malo(text)


def folded(name: str) -> str:
    """A column's name in small letters and digits only, umlauts written out."""
    text = name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]", "", text)


def _rated(column: str, target: str, kind: str | None) -> Suggestion:
    lines = [line for line in SYNONYMS if folded(target) in line]
    score, reason = _by_name(folded(column), folded(target), lines)
    expected = _expected(lines)
    if expected is None or kind is None:
        return Suggestion(column, target, round(score, 3), reason)
    if kind != expected:
        return Suggestion(column, target, round(score * AGAINST, 3), f"{reason}, aber die Werte sind {kind}")
    told = f"{reason}, passende Werte ({kind})" if score > 0.5 else f"passende Werte ({kind})"
    least = BY_VALUES_ALONE if kind in KINDS else 0.0
    return Suggestion(column, target, round(min(1.0, max(score + BY_VALUES, least)), 3), told)


def _expected(lines: Sequence[frozenset[str]]) -> str | None:
    """The kind of values that a target of these synonyms has."""
    return next((OF_NAME[name] for line in lines for name in sorted(line & OF_NAME.keys())), None)


def _by_name(column: str, target: str, lines: Sequence[frozenset[str]]) -> tuple[float, str]:
    if column == target:
        return 1.0, "gleicher Name"
    if any(column in line for line in lines):
        return 0.95, "gleichbedeutender Name"
    return 0.8 * fuzz.ratio(column, target) / 100, "ähnlicher Name"


@dataclass(frozen=True, slots=True)
class Schema:
    """The step: the columns of `mapping` (source -> target) get their new names; others stay. Only what is given is done."""

    mapping: Mapping[str, str]
    optional: frozenset[str] = field(default_factory=frozenset)
    name: str = "schema"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """InvalidInput where a column is missing (but for `optional`) or two would have one name."""
        needed = set(self.mapping) - self.optional
        missing = sorted(needed - set(frame.columns))
        if missing:
            raise InvalidInput(f"Diese Spalten fehlen in der Quelle: {', '.join(missing)}.")
        if ID in self.mapping and self.mapping[ID] != ID:
            raise InvalidInput("Die Spalte „id“ wird nicht umbenannt; an ihr hängt die Herkunft jedes Datensatzes.")
        names = [self.mapping.get(column, column) for column in frame.columns]
        twice = sorted(name for name, count in Counter(names).items() if count > 1)
        if twice:
            raise InvalidInput(f"Zwei Spalten bekämen denselben Namen: {', '.join(twice)}.")
        return Done(frame.rename(dict(zip(frame.columns, names, strict=True))), removals(), changes())
