"""An event in, one German message for each channel out: the same facts in each, within the channel's length.

An outage, another price, the yearly bill; a bill's message is to everybody and names no person's amount, since it is posted, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

import numpy as np
import polars as pl
import yaml

from nova import german
from nova.errors import InvalidInput
from nova.seeding.marks import GENERATOR, marked
from nova.seeding.sample.make import words
from nova.seeding.step import ID
from nova.seeding.texts.facts import tokens_of

Channel = Literal["mail", "letter", "web", "social"]
Kind = Literal["outage", "price", "bill"]
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LENGTH: Final[Mapping[Channel, int]] = {"mail": 2000, "letter": 3000, "web": 600, "social": 280}
"""Characters at most; 280 is the length of a post on X."""
MOST: Final = 25_000
FIRST_DAY, DAYS = date(2025, 1, 1), 365
SENDER: Final = "Stadtwerke Kirchau"
_MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be told: `facts` in words (`place`, `street`, `begin` and `end` as hours; `product`, `old` and `new` in ct/kWh; `year`),
    and its days by name (`day`, of a bill `due`, too).
    """

    kind: Kind
    facts: Mapping[str, str]
    days: Mapping[str, date]
    sender: str = SENDER


@dataclass(frozen=True, slots=True)
class Message:
    """What one channel carries; only a mail has a subject."""

    channel: Channel
    subject: str | None
    text: str


def messages(event: Event, seed: int = 1) -> list[Message]:
    """A message for each channel, chosen among its forms by the seed.

    InvalidInput where a fact is missing, or where no form of a channel holds all facts within its length.
    """
    rng = np.random.default_rng([seed, 13])
    said = _forms()[event.kind]
    filled = dict(event.facts) | {"sender": event.sender}
    for name, day in event.days.items():
        filled |= {name: f"{day.day}. {_MONTHS[day.month - 1]} {day.year}", f"short_{name}": f"{day:%d.%m.%Y}"}
    told = list[Message]()
    for channel in CHANNELS:
        forms, subjects = said[channel]["text"], said[channel].get("subject")
        texts = [_filled(forms[at], filled) for at in rng.permutation(len(forms))]
        fitting = next((text for text in texts if len(text) <= LENGTH[channel]), None)
        if fitting is None:
            raise InvalidInput(f"Die Angaben zum Ereignis sind für den Kanal „{channel}“ ({LENGTH[channel]} Zeichen) zu lang.")
        told.append(Message(channel, subjects[int(rng.integers(len(subjects)))] if subjects else None, fitting))
    if len(set(_facts([one.text for one in told], event))) > 1:
        raise InvalidInput("Die Nachrichten nennten nicht in jedem Kanal dieselben Angaben zum Ereignis.")
    return told


def events(count: int, seed: int = 1) -> list[Event]:
    """So many made-up events of the made-up Stadtwerke, the same for the same seed."""
    rng, said = np.random.default_rng([seed, 17]), words()
    return [_event(KINDS[int(rng.integers(len(KINDS)))], rng, said) for _ in range(count)]


def written(rows: int, seed: int = 1) -> pl.DataFrame:
    """So many messages of made-up events as records: `id, event, kind, channel, lang, subject, text`, marked.

    InvalidInput for a number of messages outside of 1 to 100,000, or a negative seed.
    """
    if not 1 <= rows <= MOST * len(CHANNELS) or seed < 0:
        raise InvalidInput(f"Nachrichten: 1 bis {MOST * len(CHANNELS)} Stück und ein Startwert ab 0.")
    told = [
        {
            ID: f"nachricht-{seed}-{at:06d}-{one.channel}", "event": f"ereignis-{seed}-{at:06d}", "kind": event.kind,
            "channel": one.channel, "lang": "de", "subject": one.subject, "text": one.text,
        }
        for at, event in enumerate(events(-(-rows // len(CHANNELS)), seed), 1)
        for one in messages(event, seed + at)
    ]  # fmt: skip
    return marked(pl.DataFrame(told[:rows], schema_overrides={"subject": pl.String}), f"{GENERATOR}messages/{seed}")


def _event(kind: Kind, rng: np.random.Generator, said: Mapping[str, Any]) -> Event:
    day = FIRST_DAY + timedelta(days=int(rng.integers(DAYS)))
    if kind == "outage":
        begin = int(rng.integers(7, 14))
        place, street = (said[name][int(rng.integers(len(said[name])))] for name in ("places", "streets"))
        hours = {"begin": str(begin), "end": str(begin + int(rng.integers(1, 6)))}
        return Event(kind, {"place": place[0], "street": street, **hours}, {"day": day})
    if kind == "price":
        product = str(rng.choice([name for name in said["products"] if not any(map(str.isdigit, name))]))
        old = said["products"][product][1]
        new = old + float(rng.choice([-2.4, -1.6, -0.8, 0.7, 1.3, 2.9]))
        return Event(kind, {"product": product, "old": german.number(old), "new": german.number(new)}, {"day": day.replace(day=1)})
    return Event(kind, {"year": str(day.year - 1)}, {"day": day, "due": day + timedelta(days=int(rng.integers(14, 31)))})


def _filled(form: str, facts: Mapping[str, str]) -> str:
    try:
        return form.format_map(facts)
    except KeyError as missing:
        raise InvalidInput(f"Zum Ereignis fehlt die Angabe „{missing.args[0]}“.") from None


def _facts(texts: list[str], event: Event) -> list[frozenset[str]]:
    """Of each text the numbers, days and hours, and which of the event's words stand in it."""
    tokens = tokens_of(pl.Series(texts), pl.Series(["de"] * len(texts)))
    said = tokens.words.to_list()
    return [
        frozenset(said[code] for code in tokens.of(row) if tokens.is_fact[code])
        | {value for value in event.facts.values() if value in text}
        for row, text in enumerate(texts)
    ]


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, dict[str, list[str]]]]:
    found: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
        files("nova.seeding.synthetic").joinpath("messages.yaml").read_text("utf-8")
    )
    return found
