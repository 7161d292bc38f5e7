"""Rows to learn from and to be measured by, with leaks planted in known pairs, and twins that are none, for `training_gates`."""

import random
import re
from dataclasses import dataclass, field

from benchmarks.training_sets import REFUSAL, Case, cases, german

Row = dict[str, str]
ASKED_OTHERWISE = (
    (r"Was kostet Strom im (.*)\?", r"Wie hoch sind Arbeitspreis und Grundpreis bei \1?"),
    (r"Wie stark sinkt das Netzentgelt bei steuerbaren Geräten im (.*)\?",
     r"Um welchen Betrag verringert sich im \1 das Entgelt für das Netz?"),
    (r"Wie hoch ist die Einspeisevergütung für (.*)\?", r"Welchen Betrag bekomme ich je eingespeister Kilowattstunde bei \1?"),
    (r"Wann wird ein intelligentes Messsystem in (.*) eingebaut\?", r"Ab welchem Verbrauch bekommt man in \1 einen Smart Meter?"),
    (r"Bis wann ist (.*) zu zahlen\?", r"Welche Zahlungsfrist gilt bei \1?"),
)  # fmt: skip
SERVICE = "Bitte wenden Sie sich an unseren Kundenservice, wir helfen Ihnen gern weiter."
SAME = (
    ("Kann ich in Raten zahlen?", "Ja."), ("Ist mein Zähler geeicht?", "Ja."), ("Gilt das auch für Gas?", "Nein."),
    ("Wie lange gilt das?", "Zwei Wochen."), ("Welche Adresse hat Filiale {n}?", REFUSAL),
    ("Wie heißt der Leiter von Standort {n}?", "Dazu liegen mir leider keine Informationen vor."),
    ("Wie melde ich Störung {n}?", SERVICE), ("Wen frage ich wegen Vertrag {n}?", SERVICE),
)  # fmt: skip
CLOSING = "Bei weiteren Fragen zu Ihrem Vertrag erreichen Sie uns jederzeit über das Kundenportal."


@dataclass
class Planted:
    """Two sides, and which pairs (train, test) leak in which way; every other test row is clean."""

    train: list[Row] = field(default_factory=list)
    test: list[Row] = field(default_factory=list)
    leaks: dict[tuple[str, str], str] = field(default_factory=dict)


def otherwise(question: str) -> str:
    for pattern, instead in ASKED_OTHERWISE:
        question = re.sub(pattern, instead, question)
    return question


def slipped(text: str, dice: random.Random) -> str:
    """Two letters of a text exchanged, never a digit."""
    places = [at for at in range(1, len(text) - 2) if text[at : at + 2].isalpha() and text[at] != text[at + 1]]
    at = dice.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def written_otherwise(text: str) -> str:
    for one, other in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(one, other)
    return re.sub(r"(?<=[a-z]{3})\.", " .", text).upper()


def planted(train: int, test: int, seed: int, share: float = 0.2) -> Planted:
    """So many rows on each side, of whose test rows a share leaks, each in one way; the others are alike but ask for other things."""
    dice, made = random.Random(seed), Planted()
    unique: dict[str, Case] = {}
    for case in cases((train + test) * 2, seed, unknown=0.0):
        if case.topic != "vertrag":
            unique.setdefault(case.question, case)
    pool = list(unique.values())
    pool = pool[: train + test]
    for at, case in enumerate(pool[: int(len(pool) * train / (train + test))]):
        closing = f" {CLOSING}" if at % 7 == 0 else ""
        made.train.append(_row(f"t{at}", case.question, case.reference + closing, at))
    rest = pool[len(made.train) :]
    kinds = ("verbatim", "near", "paraphrase", "contained", "person", "session", "template", "reworded")
    for at, case in enumerate(rest):
        id_, there = f"e{at}", dice.choice(made.train)
        if dice.random() >= share:
            made.test.append(_row(id_, case.question, case.reference, 10**6 + at))
            continue
        kind, row = kinds[at % len(kinds)], _row(id_, case.question, case.reference, 10**6 + at)
        made.test.append(row | _leaked(kind, there, dice))
        made.leaks[there["id"], id_] = "paraphrase" if kind == "reworded" else kind
    for at in range(max(8, test // 20)):
        question, answer = SAME[at % len(SAME)]
        made.train.append(
            _row(f"ts{at}", question.format(n=at) if "{n}" in question else f"{question[:-1]} bei {german(at, 0)}?", answer, 2 * 10**6 + at)
        )
        made.test.append(
            _row(
                f"es{at}",
                question.format(n=7000 + at) if "{n}" in question else f"{question[:-1]} bei {german(5000 + at, 0)}?",
                answer,
                3 * 10**6 + at,
            )
        )
    return made


def _row(id_: str, question: str, answer: str, number: int) -> Row:
    return {"id": id_, "person": f"p{number}", "session": f"s{number}", "template": f"v{number}", "question": question, "answer": answer}


def _leaked(kind: str, there: Row, dice: random.Random) -> Row:
    """What of a test row is the training row's."""
    if kind in ("person", "session", "template"):
        return {kind: there[kind]}
    question, answer = there["question"], there["answer"].removesuffix(f" {CLOSING}")
    if kind == "verbatim":
        return {"question": written_otherwise(question), "answer": written_otherwise(there["answer"])}
    if kind == "near":
        return {"question": slipped(question, dice), "answer": slipped(there["answer"], dice)}
    if kind == "paraphrase":
        return {"question": otherwise(question), "answer": there["answer"]}
    if kind == "reworded":
        return {"question": otherwise(question), "answer": answer.replace("beträgt", "liegt bei").replace("erhalten", "bekommen")}
    there["answer"] = f"Guten Tag, hier ist meine Antwort: {answer} {CLOSING}" if CLOSING not in there["answer"] else there["answer"]
    return {"question": "Bitte noch einmal kurz: was gilt?", "answer": answer}
