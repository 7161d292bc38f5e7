"""The governance gate: what a record must be and allow before it goes out, read strictly from `config/seeding/policies.yaml`.

Held back is a record, never a frame by its average; a frame passes where enough of its records do and no required column is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nova.errors import InvalidInput, NotFound
from nova.seeding.judge.profile import kind_of
from nova.seeding.judge.reading import blank, days, plain_names
from nova.seeding.judge.what_if import MEASURES
from nova.seeding.personal import clean_text

_STRICT: Final = ConfigDict(extra="forbid", frozen=True)
_PERSONAL: Final = {
    "eine E-Mail-Adresse": r"[\w.%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}",
    "eine IBAN": r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
    "eine Telefonnummer": r"(?:^|[^\d\w.,\-])(?:\+\d{2}|00\d{2}|0[1-9]\d)[\d ()/\-]{7,}\d",
}
_NAMES: Final = {"completeness": "Vollständigkeit", "confidence": "Sicherheit", "quality": "Güte"}


STANDARD = "standard"


class Minimum(BaseModel):
    """The least a record must reach, 0 to 100."""

    model_config = _STRICT
    completeness: float = Field(default=80, ge=0, le=100)
    confidence: float = Field(default=70, ge=0, le=100)
    quality: float = Field(default=0, ge=0, le=100)


class Allowed(BaseModel):
    """A column of which only these values go out; `missing` says whether a record without one does."""

    model_config = _STRICT
    column: str
    values: tuple[str, ...] = Field(min_length=1)
    missing: bool = False


class Personal(BaseModel):
    """Whether personal data may go out; `column` marks the records that hold some, where the frame has it.

    `scan`: `patterns` looks in every text column for addresses, accounts and numbers; `strict` also for names and whatever else might be
    personal in `texts`, about 150 distinct texts a processor second. What cannot be checked is held back.
    """

    model_config = _STRICT
    allowed: bool = False
    column: str = "personal"
    scan: Literal["patterns", "strict"] = "patterns"
    texts: tuple[str, ...] = Field(default=("text",), min_length=1)


class Retention(BaseModel):
    """A record older than so many days, by its column, is held back."""

    model_config = _STRICT
    column: str
    days: int = Field(gt=0)


class Policy(BaseModel):
    """One policy; whatever it does not name is not asked for."""

    model_config = _STRICT
    minimum: Minimum = Minimum()
    required: tuple[str, ...] = ()
    required_by_kind: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    purpose: Allowed | None = None
    consent: Allowed | None = None
    licence: Allowed | None = None
    classification: Allowed | None = None
    personal_data: Personal | None = None
    retention: Retention | None = None
    least_share: float = Field(default=0.5, ge=0, le=1)


class Policies(BaseModel):
    """The file: policies by name."""

    model_config = _STRICT
    policies: Mapping[str, Policy] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Gate:
    """`held` has `id` and `reason` of every record held back; `reasons` counts them; `faults` are the frame's own."""

    passed: bool
    rows: int
    held: pl.DataFrame
    reasons: dict[str, int]
    faults: tuple[str, ...]


def read_policies(text: str) -> dict[str, Policy]:
    """The policies of a file's text by name.

    Raises InvalidInput, in German, naming what is unknown or wrong.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidInput(f"Die Regeldatei ist kein lesbares YAML: {str(error).splitlines()[0]}.") from None
    if not isinstance(data, dict):
        raise InvalidInput("Die Regeldatei ist leer oder keine Liste von Namen und Werten; erwartet wird „policies:“ mit Regeln darunter.")
    try:
        return dict(Policies.model_validate(data).policies)
    except ValidationError as error:
        raise InvalidInput(
            "Die Regeldatei stimmt nicht: " + "; ".join(_fault(one) for one in error.errors(include_url=False)) + "."
        ) from None


def _fault(error: Mapping[str, Any]) -> str:
    *path, last = [str(part) for part in error["loc"]] or ["?"]
    where = f" (in {' → '.join(path)})" if path else ""
    told = {"extra_forbidden": "ist unbekannt", "missing": "fehlt"}
    bounds = error.get("ctx") or {}
    kind = str(error["type"])
    if kind in told:
        return f"„{last}“{where} {told[kind]}"
    if kind in ("less_than_equal", "greater_than_equal", "greater_than"):
        sign = {"le": "höchstens", "ge": "mindestens", "gt": "größer als"}
        return f"„{last}“{where} muss {' und '.join(f'{sign[key]} {value:g}' for key, value in bounds.items() if key in sign)} sein"
    return f"„{last}“{where} hat einen Wert, der hier nicht passt"


def chosen(policies: Mapping[str, Policy], name: str) -> Policy:
    """A policy by its name; InvalidInput names those there are."""
    if name not in policies:
        raise InvalidInput(f"Die Regel „{name}“ gibt es nicht; vorhanden sind: {', '.join(sorted(policies))}.")
    return policies[name]


def installed(own: Path) -> dict[str, Policy]:
    """The installation's own policies where it has a file of them, else those that are shipped. Raises as `read_policies`."""
    return _of_file(str(own)) if own.is_file() else _shipped()


def _shipped() -> dict[str, Policy]:
    return read_policies(files("nova.seeding").joinpath("policies.yaml").read_text("utf-8"))


def named(which: str | None) -> Policy:
    """A policy as somebody at a terminal names it: one of those shipped, a file, or `FILE:NAME`; none: `standard`.

    Of a file with several it is `standard` where no name is given. Raises as `read_policies` and `chosen`, and NotFound.
    """
    place, name = _place_and_name(which or "")
    policies = _of_file(place) if place else _shipped()
    if place and not name and len(policies) == 1:
        return next(iter(policies.values()))
    return chosen(policies, name or STANDARD)


def _place_and_name(which: str) -> tuple[str, str]:
    """The file and the policy's name; "" for what is not named."""
    if not which or Path(which).exists():
        return which, ""
    place, _, name = which.rpartition(":")
    return place, name


def _of_file(place: str) -> dict[str, Policy]:
    if not Path(place).is_file():
        raise NotFound(f"Die Regeldatei „{place}“ gibt es nicht.")
    try:
        return read_policies(Path(place).read_text("utf-8"))
    except UnicodeDecodeError:
        raise InvalidInput(f"Die Regeldatei „{place}“ ist kein Text in UTF-8.") from None


def gate(scored: pl.DataFrame, policy: Policy, today: date | None = None) -> Gate:
    """Who is held back and why; `scored` is what `score` gave, `today` (UTC day) is asked for retention alone.

    Raises InvalidInput where a policy bounds the age and no day is given.
    """
    found = list(_held(scored, policy, today))
    reasons = pl.concat_str(
        [pl.when(pl.col(f"h{at}")).then(pl.lit(reason)) for at, (_, reason) in enumerate(found)], separator="; ", ignore_nulls=True
    )
    told = pl.DataFrame([scored["id"].cast(pl.String), *(where.fill_null(True).alias(f"h{at}") for at, (where, _) in enumerate(found))])
    held = told.filter(pl.any_horizontal(pl.selectors.starts_with("h"))).select("id", reasons.alias("reason"))
    counts = {reason: int(where.fill_null(True).sum()) for where, reason in found}
    faults = tuple(f"Die Spalte „{name}“ fehlt." for name in policy.required if name not in scored.columns)
    passed = not faults and not scored.is_empty() and len(scored) - len(held) >= policy.least_share * len(scored)
    return Gate(passed, len(scored), held, {reason: count for reason, count in counts.items() if count}, faults)


Held = tuple[pl.Series, str]


def _held(scored: pl.DataFrame, policy: Policy, today: date | None) -> Iterator[Held]:
    yield from _too_little(scored, policy.minimum)
    yield from _incomplete(scored, policy)
    yield from _outside(scored, policy)
    if policy.personal_data is not None and not policy.personal_data.allowed:
        yield from _personal(scored, policy.personal_data)
    if policy.retention is not None:
        yield _too_old(scored, policy.retention, today)


def _too_little(scored: pl.DataFrame, minimum: Minimum) -> Iterator[Held]:
    for name in MEASURES:
        least = float(getattr(minimum, name))
        yield scored[name].fill_null(0.0) < least, f"{_NAMES[name]} unter {least:g}"


def _incomplete(scored: pl.DataFrame, policy: Policy) -> Iterator[Held]:
    for name in policy.required:
        if name in scored.columns:
            yield blank(scored[name]), f"{name} fehlt"
    for kind, names in policy.required_by_kind.items():
        own = kind_of(scored) == kind
        for name in names:
            yield own & (blank(scored[name]) if name in scored.columns else True), f"{name} fehlt"


def _outside(scored: pl.DataFrame, policy: Policy) -> Iterator[Held]:
    for told, rule in (
        ("Zweck", policy.purpose),
        ("Einwilligung", policy.consent),
        ("Lizenz", policy.licence),
        ("Klasse", policy.classification),
    ):
        if rule is not None:
            yield _not_allowed(scored, rule), f"{told} ({rule.column}) nicht erlaubt"


def _not_allowed(scored: pl.DataFrame, rule: Allowed) -> pl.Series:
    if rule.column not in scored.columns:
        return pl.Series([not rule.missing] * len(scored), dtype=pl.Boolean)
    values = scored[rule.column].cast(pl.String).str.strip_chars().str.to_lowercase()
    empty = blank(scored[rule.column])
    outside = ~values.is_in([value.lower() for value in rule.values]).fill_null(False)
    return (outside & ~empty) | (empty & (not rule.missing))


def _personal(scored: pl.DataFrame, rule: Personal) -> Iterator[Held]:
    if rule.column in scored.columns:
        marked = scored[rule.column].cast(pl.String).str.to_lowercase().is_in(["true", "1", "ja", "yes", "wahr"]).fill_null(True)
        yield marked | scored[rule.column].is_null(), "enthält personenbezogene Daten"
    yield from _patterned(scored)
    for name in rule.texts if rule.scan == "strict" else ():
        if name in scored.columns:
            yield _named(scored[name].cast(pl.String)), f"{name}: enthält oder könnte Personenbezogenes enthalten"


def _patterned(scored: pl.DataFrame) -> Iterator[Held]:
    skipped = ("id", "kind", "lang", "reasons")
    names = [name for name in plain_names(scored.columns) if scored.schema[name] == pl.String and name not in skipped]
    for told, pattern in _PERSONAL.items() if names else ():
        found = [pl.col(name).str.contains(pattern).fill_null(False) for name in names]
        yield scored.select(pl.any_horizontal(found)).to_series(), f"enthält {told}"


def _named(texts: pl.Series) -> pl.Series:
    """Whether a strict look at a text finds anything, or cannot be had; placeholders of what was replaced are nothing."""
    found = pl.DataFrame(
        [(text, clean_text(text) != (text, "")) for text in texts.drop_nulls().unique().sort().to_list()],
        schema={"text": pl.String, "personal": pl.Boolean},
        orient="row",
    )
    told = pl.DataFrame({"text": texts}).join(found, on="text", how="left", maintain_order="left")
    return told["personal"].fill_null(value=False)


def _too_old(scored: pl.DataFrame, rule: Retention, today: date | None) -> Held:
    if today is None:
        raise InvalidInput("Für die Aufbewahrungsfrist muss der heutige Tag angegeben sein.")
    if rule.column not in scored.columns:
        return pl.Series([True] * len(scored), dtype=pl.Boolean), f"Alter unbekannt ({rule.column} fehlt)"
    since = (today - timedelta(days=rule.days) - date(1970, 1, 1)).days
    return (days(scored[rule.column]) < since).fill_null(True), f"älter als {rule.days} Tage ({rule.column})"
