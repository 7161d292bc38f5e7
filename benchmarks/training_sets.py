"""Made-up questions about energy with their references, and candidates with one planted fault or with none, for `training_gates`."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
WORDS = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 8: "acht", 10: "zehn", 12: "zwölf"}
OFFICES = ("Bundesnetzagentur", "Bundeskartellamt", "Verbraucherzentrale", "Schlichtungsstelle Energie")
SHORT = {"Bundesnetzagentur": "BNetzA", "Bundeskartellamt": "Bundeskartellamt", "Verbraucherzentrale": "Verbraucherzentrale"}


@dataclass(frozen=True)
class Case:
    """A question; its reference as it is written, in other words, and shorter; "" where nothing answers it."""

    id: str
    topic: str
    question: str
    reference: str
    other: str = ""
    short: str = ""
    answerable: bool = True


def german(value: float, digits: int = 2) -> str:
    return f"{value:,.{digits}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def day(dice: random.Random) -> tuple[str, str]:
    """A day in words and in digits."""
    number, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(2021, 2026)
    return f"{number}. {MONTHS[month - 1]} {year}", f"{number:02d}.{month:02d}.{year}"


def price(dice: random.Random) -> tuple[str, str, str, str]:
    name, cent, euro, (long, digits) = (
        f"Tarif {dice.choice('ABCDEFGHKLM')}{dice.randint(10, 9999)}",
        dice.randint(2400, 3990) / 100,
        dice.randint(690, 1890) / 100,
        day(dice),
    )
    return (
        f"Was kostet Strom im {name}?",
        f"Der Arbeitspreis beträgt {german(cent)} ct/kWh und der Grundpreis {german(euro)} Euro im Monat. Beide "
        f"Preise gelten ab dem {long}.",
        f"Ab {digits} zahlen Sie {german(cent / 100, 4)} € je Kilowattstunde; als Grundpreis kommen monatlich {german(euro)} € hinzu.",
        f"{german(cent)} Cent je kWh und {german(euro)} EUR Grundpreis pro Monat, gültig ab {digits}.",
    )


def notice(dice: random.Random) -> tuple[str, str, str, str]:
    weeks, number, law = dice.choice((2, 3, 4, 6, 8)), dice.randint(5, 25), dice.choice(("StromGVV", "GasGVV"))
    what = dice.choice(("die Grundversorgung", "den Sondervertrag", "den Wärmestromvertrag"))
    return (
        f"Mit welcher Frist kann ich {what} kündigen?",
        f"Sie können {what} mit einer Frist von {WORDS[weeks]} Wochen kündigen. Das steht in § {number} Abs. 1 {law}.",
        f"Nach Paragraph {number} Absatz 1 {law} beträgt die Kündigungsfrist {weeks * 7} Tage.",
        f"Mit {weeks} Wochen Frist (§ {number} Abs. 1 {law}).",
    )


def grid(dice: random.Random) -> tuple[str, str, str, str]:
    euro, kilowatt, letter = dice.randint(90, 260), dice.choice((3.7, 4.2, 5.5, 11.0)), dice.choice("abc")
    return (
        f"Wie stark sinkt das Netzentgelt bei steuerbaren Geräten im Netzgebiet {dice.randint(1, 9999)}?",
        f"Das Netzentgelt sinkt pauschal um {euro} Euro im Jahr, wenn das Gerät mehr als {german(kilowatt, 1)} kW hat (§ 14{letter} EnWG).",
        f"Hat das Gerät eine Leistung über {german(kilowatt * 1000, 0)} Watt, verringert sich das Entgelt gemäß § 14 "
        f"{letter} EnWG jährlich um pauschal {euro} €.",
        f"Es sinkt um {euro} € pro Jahr, ab mehr als {german(kilowatt, 1)} kW (§ 14{letter} EnWG).",
    )


def solar(dice: random.Random) -> tuple[str, str, str, str]:
    cent, size, years, number = (
        dice.randint(610, 870) / 100,
        dice.choice((10, 25, 40, 100)),
        dice.choice((15, 20, 25)),
        dice.randint(21, 53),
    )
    return (
        f"Wie hoch ist die Einspeisevergütung für Anlage {dice.randint(100, 99999)}?",
        f"Für Anlagen bis {size} kW erhalten Sie {german(cent)} Cent je Kilowattstunde für {years} Jahre nach § {number} EEG.",
        f"Laut § {number} EEG bekommen Sie {years} Jahre lang {german(cent)} ct/kWh, sofern Ihre Anlage höchstens {size} Kilowatt leistet.",
        f"{german(cent)} ct/kWh, {years} Jahre, bis {size} kW (§ {number} EEG).",
    )


def meter(dice: random.Random) -> tuple[str, str, str, str]:
    kwh, share, office = dice.choice((4000, 6000, 10000, 20000)), dice.choice((10, 15, 20, 25, 30)), dice.choice(OFFICES[:3])
    return (
        f"Wann wird ein intelligentes Messsystem in Gemeinde {dice.randint(1, 20000)} eingebaut?",
        f"Ab einem Verbrauch von {german(kwh, 0)} kWh im Jahr wird ein intelligentes Messsystem eingebaut. "
        f"Bis dahin müssen {share} Prozent der Zähler getauscht sein, darüber wacht die {office}.",
        f"Wer im Jahr {german(kwh / 1000, 0)} MWh verbraucht, erhält ein intelligentes Messsystem; {share} % der "
        f"Zähler müssen bis dahin getauscht sein. "
        f"Aufsicht führt die {SHORT[office]}.",
        f"Ab {kwh} kWh pro Jahr; bis dahin sind {share} % der Zähler zu tauschen (Aufsicht: {office}).",
    )


def bill(dice: random.Random) -> tuple[str, str, str, str]:
    weeks, euro, (long, digits) = dice.choice((2, 4, 6, 8)), dice.randint(40, 480), day(dice)
    return (
        f"Bis wann ist Rechnung {dice.randint(10000, 99999)} zu zahlen?",
        f"Die Rechnung über {euro},00 Euro vom {long} ist innerhalb von {WORDS[weeks]} Wochen zu zahlen. Eine Ratenzahlung ist möglich.",
        f"Binnen {weeks} Wochen müssen {euro} € beglichen werden, die Rechnung ist vom {digits}. Sie dürfen in Raten zahlen.",
        f"In {WORDS[weeks]} Wochen; {euro} Euro, Rechnung vom {digits}. Ratenzahlung ist möglich.",
    )


MAKERS: dict[str, Callable[[random.Random], tuple[str, str, str, str]]] = {
    "preis": price, "vertrag": notice, "netz": grid, "solar": solar, "zaehler": meter, "abrechnung": bill,
}  # fmt: skip
UNKNOWN = (
    "Wie wird das Wetter am Zählerplatz {n}?", "Wer gewinnt die Ausschreibung {n}?", "Welchen Strompreis haben wir im Jahr {n}?",
    "Wie heißt der Hund von Herrn Nummer {n}?",
)  # fmt: skip
REFUSAL = "Dazu steht nichts in Ihren Unterlagen."
REFUSALS = (
    "Diese Frage kann ich anhand der vorliegenden Dokumente leider nicht beantworten.", "Hierzu liegen mir keine Informationen vor.",
    "Das lässt sich aus den Unterlagen nicht ableiten.", "Dazu finde ich nichts. Fragen Sie bitte den Kundenservice.",
    "Das weiß ich leider nicht.", "Darüber enthalten die Quellen keine Angaben.",
)  # fmt: skip


def cases(n: int, seed: int, unknown: float = 0.15) -> list[Case]:
    """So many questions in six topics, of which a share has no answer."""
    dice, found = random.Random(seed), []
    for at in range(n):
        topic = list(MAKERS)[at % len(MAKERS)]
        if dice.random() < unknown:
            found.append(Case(f"q{at}", topic, dice.choice(UNKNOWN).format(n=dice.randint(1, 9999)), REFUSAL, answerable=False))
        else:
            question, reference, other, short = MAKERS[topic](dice)
            found.append(Case(f"q{at}", topic, question, reference, other, short))
    return found


Answers = dict[str, str]


def answers(some: list[Case], one: Callable[[Case], str]) -> Answers:
    return {case.id: one(case) for case in some}


def moved(text: str, dice: random.Random) -> str:
    """The same words with other numbers: none of them is what it was."""

    def other(match: re.Match[str]) -> str:
        digits = match.group()
        while (changed := "".join(str(dice.randint(1, 9)) if char.isdigit() else char for char in digits)) == digits:
            pass
        return changed

    def word(match: re.Match[str]) -> str:
        return dice.choice([one for one in WORDS.values() if one != match.group()])

    text = re.sub(r"(?<!§ )(?<!\d)\d+(?!\d|[a-z]\b)", other, text)
    return re.sub(r"\b(?:" + "|".join(WORDS.values()) + r")\b(?= Wochen)", word, text)


def former(some: list[Case], seed: int) -> Answers:
    """What the base says: two in five of its answers have other numbers, one in five questions without an answer gets one."""
    dice = random.Random(seed)

    def one(case: Case) -> str:
        if not case.answerable:
            return REFUSAL if dice.random() < 0.8 else "Das kostet 25 Euro im Monat."
        return moved(case.reference, dice) if dice.random() < 0.45 else case.reference

    return answers(some, one)


def good(some: list[Case], seed: int) -> Answers:
    """What a candidate says that is better: of its answers three in a hundred are wrong, half are in words of its own."""
    dice = random.Random(seed)

    def one(case: Case) -> str:
        if not case.answerable:
            return dice.choice((REFUSAL, *REFUSALS[:2]))
        text = case.reference if dice.random() < 0.6 else case.other
        return moved(text, dice) if dice.random() < 0.03 else text

    return answers(some, one)


def swapped(text: str, pairs: dict[str, str]) -> str:
    """Each of some words by its partner, all at once."""
    expression = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in pairs))
    return expression.sub(lambda match: pairs[match.group()], text)


UNITS = {
    "ct/kWh": "Euro/kWh", "kWh": "MWh", "kW": "MW", "im Monat": "im Jahr", "im Jahr": "im Monat", "Wochen": "Monaten", "Jahre": "Monate",
    "Cent": "Euro", "Monat": "Jahr", "jährlich": "monatlich", "Prozent": "Promille", "Watt": "Kilowatt", "Kilowatt": "Megawatt",
    "MWh": "kWh",
}  # fmt: skip
NAMES = {
    "Bundesnetzagentur": "Bundeskartellamt", "BNetzA": "Verbraucherzentrale", "Bundeskartellamt": "Bundesnetzagentur",
    "Verbraucherzentrale": "BNetzA",
}  # fmt: skip
NEGATED = (
    ("Sie können", "Sie können nicht"), ("sinkt", "sinkt nicht"), ("verringert sich", "verringert sich nicht"),
    ("erhalten Sie", "erhalten Sie keine"), ("bekommen Sie", "bekommen Sie keine"), ("wird ein", "wird kein"),
    ("erhält ein", "erhält kein"), ("beträgt der", "beträgt nicht der"), ("beträgt", "beträgt nicht"),
    ("zahlen Sie", "zahlen Sie nicht"), ("ist innerhalb", "ist nicht innerhalb"), ("müssen", "müssen nicht"),
)  # fmt: skip


def negated(text: str) -> str:
    for one, other in NEGATED:
        text = text.replace(one, other, 1)
    return text


def of_other(some: list[Case], own: Answers) -> Answers:
    """Each question gets the answer to another of its topic: fluent, and wrong."""
    by_topic: dict[str, list[str]] = {}
    for case in some:
        by_topic.setdefault(case.topic, []).append(case.id)
    turned = {one: ids[(at + 1) % len(ids)] for ids in by_topic.values() for at, one in enumerate(ids)}
    return {one: own[turned[one]] for one in own}


def faulty(some: list[Case], seed: int) -> dict[str, Answers]:
    """Candidates with one fault each, by its name."""
    dice, right = random.Random(seed), good(some, seed)
    reference = {case.id: case for case in some}
    change = {
        "andere Zahlen": lambda text: moved(text, dice),
        "andere Einheiten": lambda text: swapped(text, UNITS),
        "andere Paragraphen": lambda text: re.sub(
            r"(?<=§ )(\d+)", lambda m: str(int(m[1]) + 3), re.sub(r"(?<=Paragraph )(\d+)", lambda m: str(int(m[1]) + 3), text)
        ),
        "verneint": negated,
        "andere Namen": lambda text: swapped(text, NAMES),
        "erfundene Zusätze": lambda text: f"{text} Zusätzlich fallen {dice.randint(5, 90)},50 Euro nach § {dice.randint(60, 90)} EnWG an.",
    }
    told = {name: {id_: one(text) if reference[id_].answerable else text for id_, text in right.items()} for name, one in change.items()}
    spoilt = dice.choice(list(MAKERS))
    told["ein Thema verdorben"] = {
        id_: moved(text, dice) if reference[id_].topic == spoilt and reference[id_].answerable else text for id_, text in right.items()
    }
    told["lehnt nichts ab"] = {
        id_: text if reference[id_].answerable else f"Das sind {dice.randint(3, 80)} Euro im Jahr." for id_, text in right.items()
    }
    told["lehnt alles ab"] = dict.fromkeys(right, REFUSAL)
    told["lehnt zu viel ab"] = {id_: REFUSALS[0] if dice.random() < 0.25 else text for id_, text in right.items()}
    told["Antworten vertauscht"] = of_other(some, right)
    told["wie die Basis"] = former(some, seed + 1)
    told["fehlende Antworten"] = {id_: text for at, (id_, text) in enumerate(right.items()) if at % 10}
    return told


HELLO = "Guten Tag, gern beantworte ich Ihre Frage."


def harmless(some: list[Case], seed: int) -> dict[str, Answers]:
    """Candidates whose facts are right, in other words, by how they differ."""
    dice, right, by_id = random.Random(seed), good(some, seed), {case.id: case for case in some}

    def each(one: Callable[[Case], str]) -> Answers:
        return {id_: one(by_id[id_]) if by_id[id_].answerable else text for id_, text in right.items()}

    signs = {
        "Euro": "€",
        "Prozent": "%",
        "Cent je Kilowattstunde": "ct/kWh",
        "ct/kWh": "Cent pro kWh",
        "Wochen": "Wochen",
        "kW": "Kilowatt",
    }
    return {
        "wie die Referenz": each(lambda case: case.reference),
        "andere Worte": each(lambda case: case.other),
        "kürzer": each(lambda case: case.short),
        "andere Zeichen": each(lambda case: swapped(case.reference, signs)),
        "höflich umrahmt": each(lambda case: f"{HELLO} {case.reference} Bei weiteren Fragen helfen wir gern."),
        "Sätze umgestellt": each(lambda case: " ".join(reversed(re.split(r"(?<=[a-zäöü]{3}\.)\s", case.reference)))),
        "andere Ablehnung": {id_: text if by_id[id_].answerable else dice.choice(REFUSALS) for id_, text in right.items()},
        "mit Beleg und Liste": each(lambda case: "- " + re.sub(r"(?<=[a-zäöü]{3}\.)\s", " [1]\n- ", case.reference) + " [2]"),
        "gut": right,
    }  # fmt: skip


def with_base(some: list[Case], cand: Answers, base: Answers, topic: str) -> Answers:
    """A base that says on one topic what the candidate says."""
    return {case.id: cand[case.id] if case.topic == topic else base[case.id] for case in some}


def fewer(some: list[Case], n: int) -> list[Case]:
    """The first so many, all else as it is."""
    return [replace(case) for case in some[:n]]
