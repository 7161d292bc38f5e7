"""Records of six kinds as a municipal utility has them, and seventeen ways to spoil one; what the judge of seeded data is measured on."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

Row = dict[str, Any]
FIRST = [
    "Anna",
    "Jonas",
    "Mehmet",
    "Sophie",
    "Lena",
    "Karl",
    "Ingrid",
    "Piet",
    "Johanna",
    "Ali",
    "Björn",
    "Günther",
    "Zoë",
    "Uwe",
    "Marie-Luise",
    "Heinz",
    "Katrin",
    "Femke",
    "Daan",
    "Olga",
]
LAST = [
    "Müller",
    "Schmidt",
    "Yılmaz",
    "Weber",
    "Jansen",
    "de_Vries",
    "Schäfer",
    "Großmann",
    "Koch",
    "von_Berg",
    "Nowak",
    "Peters",
    "Lindner",
    "O'Brien",
    "Krüger",
    "Bakker",
    "Özdemir",
    "Vogt",
    "Haas",
    "Scholz",
]
TOWNS = [
    ("10115", "Berlin"),
    ("20095", "Hamburg"),
    ("80331", "München"),
    ("50667", "Köln"),
    ("04109", "Leipzig"),
    ("01067", "Dresden"),
    ("28195", "Bremen"),
    ("30159", "Hannover"),
    ("70173", "Stuttgart"),
    ("90402", "Nürnberg"),
    ("18055", "Rostock"),
    ("24103", "Kiel"),
    ("66111", "Saarbrücken"),
    ("99084", "Erfurt"),
    ("44135", "Dortmund"),
]
TARIFFS = {"Ökostrom Plus": (31.5, 11.9), "Basis": (34.2, 9.5), "Nachtstrom": (27.8, 12.4), "Gas Komfort": (11.6, 14.2)}
TALK = {
    "de": [
        "Seit dem Wechsel stimmt mein Abschlag nicht mehr.",
        "Bitte prüfen Sie den Zählerstand vom letzten Monat.",
        "Ich möchte meinen Vertrag zum Jahresende kündigen.",
        "Die Abrechnung ist viel höher als im Vorjahr.",
        "Wann kommt der Techniker zu uns in die Wohnung?",
        "Leider habe ich keine Antwort auf meine Anfrage erhalten.",
        "Unser Haushalt hat jetzt eine Wärmepumpe und eine Wallbox.",
        "Können Sie mir die Unterlagen noch einmal zusenden?",
        "Am Wochenende war im ganzen Viertel der Strom weg.",
        "Die neue Photovoltaikanlage läuft seit gestern auf dem Dach.",
        "Vielen Dank für die schnelle Hilfe am Telefon.",
        "Das Konto wurde doppelt belastet, ich bitte um Erstattung.",
    ],
    "en": [
        "The last bill looks far too high for our small flat.",
        "Please tell me when the technician will visit us.",
        "I would like to cancel my contract at the end of the year.",
        "We have moved and need a new meter reading.",
        "Thank you for the quick help on the phone.",
        "The power was out in our street during the weekend.",
        "My payment was taken twice from the account.",
        "Could you send me the documents once again?",
        "Our new solar panels have been running since yesterday.",
    ],
    "nl": [
        "De laatste rekening is veel hoger dan vorig jaar.",
        "Wanneer komt de monteur bij ons langs?",
        "Ik wil mijn contract aan het einde van het jaar opzeggen.",
        "Wij zijn verhuisd en hebben een nieuwe meter nodig.",
        "Bedankt voor de snelle hulp aan de telefoon.",
        "Het bedrag is twee keer van mijn rekening afgeschreven.",
        "Kunt u mij de documenten nog een keer toesturen?",
        "In het weekend was er geen stroom in onze straat.",
    ],
}
POSTS = [
    "Heute eröffnen wir die neue Ladesäule am Rathaus!",
    "Unser Team hat {n} Bäume im Stadtwald gepflanzt.",
    "Energiespartipp der Woche: Wäsche erst bei voller Trommel waschen.",
    "Das Freibad wird jetzt mit Solarwärme beheizt.",
    "Wir suchen Auszubildende für {n} Plätze im Netzbetrieb.",
    "Danke an alle, die beim Lauf durch die Altstadt dabei waren!",
    "So lesen Sie Ihren digitalen Zähler richtig ab.",
]


def malo(dice: random.Random) -> str:
    digits = [dice.randint(1, 9), *(dice.randint(0, 9) for _ in range(9))]
    total = sum(digits[0::2]) + 2 * sum(digits[1::2])
    return "".join(map(str, digits)) + str(-total % 10)


def iban(dice: random.Random) -> str:
    body = "".join(str(dice.randint(0, 9)) for _ in range(18))
    return f"DE{98 - int(body + '131400') % 97:02d}{body}"


def customer(dice: random.Random) -> Row:
    first, last = dice.choice(FIRST), dice.choice(LAST).replace("_", " ")
    code, town = dice.choice(TOWNS)
    mail = (
        f"{first}.{last}{dice.randint(1, 99)}@{dice.choice(['example.org', 'post.example.com', 'mail.example.net'])}".lower()
        .replace(" ", "")
        .replace("'", "")
    )
    since = date(2005, 1, 1) + timedelta(dice.randint(0, 7500))
    return {
        "first_name": first,
        "last_name": last,
        "plz": code,
        "town": town,
        "email": mail,
        "iban": iban(dice),
        "since": since.isoformat(),
        "phone": f"0{dice.randint(30, 899)} {dice.randint(10**5, 10**7)}" if dice.random() < 0.3 else None,
    }


def contract(dice: random.Random) -> Row:
    tariff = dice.choice(list(TARIFFS))
    start = date(2015, 1, 1) + timedelta(dice.randint(0, 3600))
    end = start + timedelta(dice.choice([365, 730, 1095])) if dice.random() < 0.7 else None
    return {
        "tariff": tariff,
        "price": TARIFFS[tariff][0],
        "base": TARIFFS[tariff][1],
        "start": start.isoformat(),
        "end": end.isoformat() if end else None,
        "status": dice.choices(["aktiv", "beendet", "ruhend"], [8, 3, 1])[0],
        "malo": malo(dice),
        "customer": f"KD-{dice.randint(10**5, 10**6 - 1)}",
        "usage": int(dice.lognormvariate(8, 0.5)),
    }


def reading(dice: random.Random) -> Row:
    first, used = dice.randint(1000, 90000), int(dice.lognormvariate(7.8, 0.6))
    return {
        "malo": malo(dice),
        "meter": f"1ESY{dice.randint(10**9, 10**10 - 1)}",
        "first": first,
        "last": first + used,
        "used": used,
        "read_on": (date(2021, 1, 1) + timedelta(dice.randint(0, 1500))).isoformat(),
        "read_by": dice.choice(["Kunde", "Netzbetreiber", "Schätzung"]),
    }


def bill(dice: random.Random) -> Row:
    tariff = dice.choice(list(TARIFFS))
    kwh, (price, base) = int(dice.lognormvariate(8, 0.5)), TARIFFS[tariff]
    net = round(kwh * price / 100 + 12 * base, 2)
    start = date(2019, 1, 1) + timedelta(dice.randint(0, 2000))
    lang = dice.choice(["de", "de", "de", "en"])
    told = {
        "de": f"Ihre Abrechnung über {kwh} kWh beläuft sich auf {net:.2f} EUR".replace(".", ",")
        + ". Der Betrag wird in 14 Tagen abgebucht.",
        "en": f"Your bill for {kwh} kWh amounts to {net:.2f} EUR. The amount will be debited within 14 days.",
    }[lang]
    return {
        "lang": lang,
        "text": told,
        "tariff": tariff,
        "price": price,
        "base": base,
        "kwh": kwh,
        "net": net,
        "gross": round(net * 1.19, 2),
        "start": start.isoformat(),
        "end": (start + timedelta(364)).isoformat(),
    }


def ticket(dice: random.Random) -> Row:
    lang = dice.choices(["de", "en", "nl"], [6, 2, 2])[0]
    opened = date(2022, 1, 1) + timedelta(dice.randint(0, 1300))
    return {
        "lang": lang,
        "text": " ".join(dice.sample(TALK[lang], dice.randint(1, 4))),
        "channel": dice.choice(["Mail", "Telefon", "Portal", "App"]),
        "opened": opened.isoformat(),
        "closed": (opened + timedelta(dice.randint(0, 40))).isoformat() if dice.random() < 0.8 else None,
        "rating": dice.choice([1, 2, 3, 4, 5, 5, 4]),
        "customer": f"KD-{dice.randint(10**5, 10**6 - 1)}",
    }


def post(dice: random.Random) -> Row:
    seen = int(dice.lognormvariate(7, 1))
    return {
        "lang": "de",
        "text": " ".join(dice.sample(POSTS, dice.randint(1, 3))).format(n=dice.randint(3, 90)),
        "channel": dice.choice(["LinkedIn", "Instagram", "X"]),
        "posted": (date(2023, 1, 1) + timedelta(dice.randint(0, 900))).isoformat(),
        "seen": seen,
        "clicks": int(seen * dice.uniform(0.01, 0.06)),
    }


MAKERS: dict[str, Callable[[random.Random], Row]] = {
    "customer": customer,
    "contract": contract,
    "reading": reading,
    "bill": bill,
    "ticket": ticket,
    "post": post,
}


NO_DAYS = ("2024-02-30", "2023-13-05", "2022-06-31", "0000-00-00", "1899-12-30", "2099-12-31", "9999-12-31")
FILLERS = ("-", "unbekannt", "XXXX", "k. A.", "null", "N/A", "tbd", "Testeintrag", "...")
WORDS = ("text", "first_name", "last_name", "town")
PAIRS = "plz town,start end,first last,email iban,tariff status,price kwh,opened channel,first_name email,posted channel,meter malo"


def held(row: Row, names: Iterable[str]) -> list[str]:
    return [name for name in names if row.get(name) is not None]


def but(row: Row, *names: str) -> list[str]:
    return [name for name in held(row, row) if name not in ("id", "kind", *names)]


def days(row: Row) -> list[str]:
    return [name for name, value in row.items() if isinstance(value, str) and len(value) == 10 and value[4] == "-" and value[7] == "-"]


def numeric(row: Row) -> list[str]:
    return [name for name in but(row, "rating") if isinstance(row[name], int | float)]


def accented(row: Row) -> list[str]:
    return [name for name in held(row, WORDS) if any(ord(sign) > 191 for sign in row[name])]


def letters(dice: random.Random, of: str, count: int) -> str:
    return "".join(dice.choice(of) for _ in range(count))


def one_digit(value: str, dice: random.Random) -> str:
    at = dice.randrange(4, len(value))
    return value[:at] + str((int(value[at]) + dice.randint(1, 8)) % 10) + value[at + 1 :]


def contradicted(row: Row, name: str, dice: random.Random) -> Any:
    if name == "plz":
        return dice.choice([code for code, town in TOWNS if town != row["town"]])
    if name == "closed":
        return (date.fromisoformat(row["opened"]) - timedelta(dice.randint(3, 90))).isoformat()
    return type(row[name])(round(row[name] * dice.choice([0.6, 0.8, 1.3, 1.7]), 2))


def other_language(row: Row, dice: random.Random) -> str:
    return " ".join(dice.sample(TALK[dice.choice([lang for lang in TALK if lang != row["lang"]])], 2))


Spoil = tuple[Callable[[Row], list[str]], Callable[[Row, str, random.Random], Any]]
SPOILS: dict[str, Spoil] = {
    "missing": (lambda row: but(row, "phone", "end", "closed"), lambda _row, _name, _dice: None),
    "filler": (
        lambda row: [name for name in but(row, "lang") if isinstance(row[name], str)],
        lambda _row, _name, dice: dice.choice(FILLERS),
    ),
    "noise": (lambda row: held(row, WORDS), lambda _row, _name, dice: letters(dice, "bcdfghjklmpqrstvwxzaeiou ", dice.randint(12, 60))),
    "wrong_encoding": (accented, lambda row, name, _dice: row[name].encode("utf-8").decode("cp1252", errors="replace")),
    "wrong_language": (lambda row: ["text"] if row.get("lang") else [], lambda row, _name, dice: other_language(row, dice)),
    "no_such_day": (days, lambda _row, _name, dice: dice.choice(NO_DAYS)),
    "factor": (numeric, lambda row, name, dice: row[name] * dice.choice([100, 1000, -1]) if row[name] else -5),
    "check_digit": (lambda row: held(row, ("malo", "iban")), lambda row, name, dice: one_digit(row[name], dice)),
    "contradiction": (lambda row: held(row, ["net", "gross", "used", "last", "plz", "price", "kwh", "base", "closed"]), contradicted),
    "cut_off": (
        lambda row: held(row, ["text"]),
        lambda row, name, dice: row[name][: dice.randint(5, max(6, len(row[name]) * 2 // 3))].rstrip(".!? "),
    ),
    "stuck_key": (lambda row: held(row, WORDS), lambda row, name, dice: row[name][:4] + dice.choice("aefnx!") * dice.randint(6, 20)),
    "digits_only": (lambda row: held(row, WORDS), lambda _row, _name, dice: letters(dice, "0123456789 ", 25)),
    "misspelt_choice": (
        lambda row: held(row, ("tariff", "status", "channel", "read_by")),
        lambda row, name, dice: row[name][:2] + dice.choice("qxyj") + row[name][3:],
    ),
    "broken_mail": (lambda row: held(row, ["email"]), lambda row, name, dice: row[name].replace("@", dice.choice(["", " at ", "@@"]))),
    "typed_as_text": (days, lambda _row, _name, dice: dice.choice(["demnächst", "siehe Akte", "Q3", "1.1."])),
    "tags": (lambda row: held(row, ["text"]), lambda row, name, _dice: f"<div class='x'>{row[name]}</div>&nbsp;"),
}
WAYS = (*SPOILS, "exchanged")


def plant(row: Row, how: str, dice: random.Random) -> bool:
    """Spoil a record in one way; False where it has nothing to spoil in this way."""
    if how == "exchanged":
        return exchange(row, dice)
    names, spoilt = SPOILS[how]
    chosen = names(row)
    if not chosen:
        return False
    name = dice.choice(chosen)
    row[name] = spoilt(row, name, dice)
    return True


def exchange(row: Row, dice: random.Random) -> bool:
    pairs = [pair.split() for pair in PAIRS.split(",")]
    both = [pair for pair in pairs if len(held(row, pair)) == 2 and isinstance(row[pair[0]], type(row[pair[1]]))]
    if not both:
        return False
    one, other = dice.choice(both)
    row[one], row[other] = row[other], row[one]
    return True


def records(rows: int, seed: int, share: float = 0.15, kinds: Sequence[str] | None = None) -> tuple[pl.DataFrame, list[str]]:
    """Records of six kinds, numbers as they are and days as text; beside them the planted defect of each, "" where none."""
    dice = random.Random(seed)
    made: list[Row] = []
    truth: list[str] = []
    for at in range(rows):
        kind = dice.choice(kinds or list(MAKERS))
        row = {"id": f"r{at}", "kind": kind, "lang": None, "text": None, **MAKERS[kind](dice)}
        way = ""
        if dice.random() < share:
            way = dice.choice(WAYS)
            while not plant(row, way, dice):
                way = dice.choice(WAYS)
        made.append(row)
        truth.append(way)
    return pl.DataFrame(made, infer_schema_length=None), truth
