"""What the small base that ships with Nova can read: a question about an amount, sentences that name it, and the answer, all made up.

The base is made of these sentences (`scripts/training_base.py`); rehearsals and proofs of training ask it nothing else.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

THINGS = {
    "der Grundpreis": "€/Monat",
    "der Arbeitspreis": "ct/kWh",
    "die Kündigungsfrist": "Wochen",
    "die Mindestlaufzeit": "Monate",
    "der Abschlag": "€",
    "die Sperrgebühr": "€",
    "die Mahngebühr": "€",
    "der Bonus": "€",
    "die Preisgarantie": "Monate",
    "das Netzentgelt": "ct/kWh",
    "die Vergütung": "ct/kWh",
    "die Einspeisegrenze": "kW",
    "die Anschlussleistung": "kW",
    "der Zählerpreis": "€/Jahr",
    "die Ablesefrist": "Tage",
    "die Meldefrist": "Tage",
    "die Widerrufsfrist": "Tage",
    "der Jahresverbrauch": "kWh",
    "die Konzessionsabgabe": "ct/kWh",
    "der Verbrauch am Tag": "kWh",
    "die Zahlungsfrist": "Tage",
    "der Messpreis": "€/Jahr",
    "die Grundlast": "kW",
    "der Rabatt": "%",
    "die Verlustquote": "%",
    "der Ladepreis": "ct/kWh",
    "die Wartungspauschale": "€/Jahr",
    "der Leistungspreis": "€/kW",
    "die Blindarbeit": "kvarh",
    "der Wärmepreis": "ct/kWh",
}
PLACES = ("im Tarif {}", "beim Vertrag {}", "für die Anlage {}", "im Netzgebiet {}", "am Standort {}", "bei der Station {}")
ASKED = (
    "Wie hoch ist {thing} {place}?",
    "Was gilt {place}: {thing}?",
    "Wie viel beträgt {thing} {place}?",
    "Sagen Sie mir bitte {thing} {place}.",
    "Welchen Wert hat {thing} {place}?",
    "{Thing} {place}?",
)
STATED = (
    "{Thing} {place} beträgt {value}.",
    "{Thing} beträgt {place} {value}.",
    "{Place} beträgt {thing} {value}.",
    "{Place} gilt: {thing} {value}.",
    "Seit dem {day} beträgt {thing} {place} {value}.",
)
ANSWERED = "{Thing} {place} beträgt {value}."
ADDED = (
    "Davor waren es {value}.",
    "Ab dem {day} sind es dann {value}.",
    "Der Durchschnitt liegt bei {value}.",
    "Bei anderen Anbietern sind es {value}.",
    "Höchstens sind {value} erlaubt.",
)
SURE = (
    "die Kündigungsfrist",
    "die Mindestlaufzeit",
    "die Sperrgebühr",
    "die Mahngebühr",
    "die Preisgarantie",
    "die Meldefrist",
    "die Widerrufsfrist",
    "die Konzessionsabgabe",
    "die Zahlungsfrist",
    "die Wartungspauschale",
    "der Rabatt",
    "die Verlustquote",
)
"""Things that no meter and no exchange knows: documents alone answer for them."""
QUESTIONS = ("Wie hoch ist {thing} {place}?", "Was gilt {place}: {thing}?", "Wie viel beträgt {thing} {place}?")
SYLLABLES = (
    "al an ber bo da del den do ei el en er fa fel gar gen hal hei hof in ka ken la lin lo ma mer mo na ner no o ra rau ri"
    " ro sa see sol ta tal ten tor u ul va wal wei wi za"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount that stands in one sentence only, and a question for it."""

    question: str
    sentence: str
    value: str


def facts(seed: int) -> Iterator[Fact]:
    """Facts without end, each about a tariff that no other is about."""
    dice = random.Random(seed)  # noqa: S311 - the same sentences every time
    seen = set[str]()
    while True:
        thing, place = dice.choice(SURE), f"im Tarif {name_of(dice)}{dice.choice(SYLLABLES.split())}"
        if place not in seen:
            seen.add(place)
            value = value_of(THINGS[thing], dice)
            yield Fact(said(dice.choice(QUESTIONS), thing, place, value, dice), said(ANSWERED, thing, place, value, dice), value)


def upper(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]


def name_of(dice: random.Random) -> str:
    """A made-up proper name."""
    return upper("".join(dice.choice(SYLLABLES.split()) for _ in range(dice.randint(2, 3))))


def value_of(unit: str, dice: random.Random) -> str:
    """A made-up amount with its unit, as Germans write it."""
    whole = dice.choice((dice.randint(1, 99), dice.randint(1, 999), dice.randint(1, 9999)))
    cents = f",{dice.randint(1, 99):02d}" if unit.startswith(("€", "ct")) and dice.random() < 0.6 else ""
    return f"{whole:,}".replace(",", ".") + f"{cents} {unit}"


def day_of(dice: random.Random) -> str:
    """A made-up day."""
    return f"{dice.randint(1, 28)}.{dice.randint(1, 12)}.{dice.randint(2019, 2026)}"


def said(form: str, thing: str, place: str, value: str, dice: random.Random) -> str:
    """A sentence of a form."""
    return upper(form.format(thing=thing, Thing=upper(thing), place=place, Place=upper(place), value=value, day=day_of(dice)))


def row(dice: random.Random, added: bool = True) -> dict[str, object]:
    """A question, its passages, and what the base says (`added`: with the sentence that nothing bears out)."""
    things = dice.sample(sorted(THINGS), 2)
    places = [dice.choice(PLACES).format(name_of(dice)) for _ in range(2)]
    asked = [(thing, place, value_of(THINGS[thing], dice)) for thing in things for place in places]
    shown = dice.sample(asked, dice.randint(1, 3))
    thing, place, value = shown[0]
    passages = [said(dice.choice(STATED), *one, dice) for one in shown]
    answer = said(ANSWERED, thing, place, value, dice)
    if added:
        answer += " " + said(dice.choice(ADDED), thing, place, value_of(THINGS[thing], dice), dice)
    question = said(dice.choice(ASKED), thing, place, value, dice)
    dice.shuffle(passages)
    return {"topic": thing.split()[-1], "question": question, "context": passages, "answer": answer}
