"""Duplicates among an energy company's records: precision, recall, facts lost and records per CPU second, beside rensa's bare MinHash LSH.

Run: `python -m benchmarks.seeding_pairs [rows] [seed ...]`. A record is a template with its values; a copy writes the same values anew
(other formats, typos, greetings), a twin has one other value. Two records are duplicates where template and values are the same.
"""

import random
import re
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

LAST = [
    "Müller", "Schmidt", "Schmitt", "Schmitz", "Meier", "Meyer", "Maier", "Mayer", "Hofmann", "Hoffmann", "Becker", "Bäcker",
    "Fischer", "Weber", "Wagner", "Schulz", "Schulze", "Koch", "Bauer", "Baur", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
    "Naumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hartmann", "Lange", "Krause", "Lehmann", "Köhler", "Walter", "König",
    "Huber", "Kaiser", "Fuchs", "Peters", "Lang", "Scholz", "Möller", "Weiß", "Jung", "Hahn", "Vogel", "Friedrich", "Keller",
    "Günther", "Berger", "Winkler", "Roth", "Beck", "Lorenz", "Baumann", "Franke", "Jansen", "Janssen", "de_Vries", "Bakker",
    "Visser", "Smit", "Mulder", "Bos", "Vos", "Dekker", "Brouwer", "Smith", "Jones", "Taylor", "Brown", "Evans", "Walker", "Wright",
    "Hughes",
]  # fmt: skip
FIRST = [
    "Anna", "Hanna", "Maria", "Marie", "Peter", "Petra", "Klaus", "Jan", "Jana", "Karin", "Katrin", "Thomas", "Sabine", "Ute",
    "Uwe", "Jens", "Lars", "Eva", "Paul", "Paula", "Sophie", "Emma", "Daan", "Sanne",
]  # fmt: skip
CITIES = [
    "Essen", "Dortmund", "Bochum", "Köln", "Bonn", "Münster", "Bielefeld", "Hagen", "Hamm", "Herne", "Witten", "Unna", "Lünen",
    "Soest", "Siegen", "Düren", "Neuss", "Krefeld", "Aachen", "Moers", "Wesel", "Kleve", "Bocholt", "Borken", "Coesfeld", "Rheine",
    "Lingen", "Emden", "Leer", "Aurich", "Jever", "Oldenburg", "Bremen", "Hamburg", "Lübeck", "Kiel", "Rostock", "Utrecht",
    "Arnhem", "Nijmegen", "Enschede", "Zwolle", "Deventer", "Breda", "Tilburg", "Venlo", "Leiden", "Delft", "Leeds", "York", "Bath",
    "Derby", "Oxford", "Cambridge", "Bristol", "Exeter",
]  # fmt: skip
STEMS = [
    "Linden", "Birken", "Buchen", "Eichen", "Kastanien", "Ahorn", "Rosen", "Tulpen", "Garten", "Wiesen", "Berg", "Burg", "Tal",
    "Wald", "Feld", "Bach", "Mühlen", "Kirch", "Schul", "Markt", "Bahnhof", "Haupt", "Neben", "Nord", "Süd", "Ost", "West",
    "Goethe", "Schiller", "Mozart", "Beethoven", "Bach", "Kant", "Hegel", "Ring", "Hafen", "Kanal", "Sonnen", "Stern", "Amsel",
    "Finken", "Meisen",
]  # fmt: skip
ENDINGS = ["weg", "allee", "straße", "platz", "gasse", "ring"]
TOPICS = {
    "de": [
        "Wärmepumpen",
        "Photovoltaik",
        "Balkonkraftwerke",
        "Ladesäulen",
        "Fernwärme",
        "Gasnetz",
        "Glasfaser",
        "Trinkwasser",
        "Energieberatung",
        "Stromsparen",
        "Solarthermie",
        "Nahwärme",
        "Netzausbau",
        "Smart-Meter",
        "Ökostrom",
        "Klimaschutz",
        "Dachsanierung",
        "Dämmung",
        "Mieterstrom",
        "Elektrobusse",
    ],
    "en": [
        "heat-pumps",
        "photovoltaics",
        "charging",
        "insulation",
        "broadband",
        "drinking-water",
        "advice",
        "tariffs",
        "metering",
        "districts",
        "biogas",
        "cooling",
        "storage",
    ],
    "nl": [
        "warmtepompen",
        "zonnepanelen",
        "laadpalen",
        "isolatie",
        "glasvezel",
        "drinkwater",
        "advies",
        "tarieven",
        "stadswarmte",
        "biogas",
        "koeling",
        "opslag",
        "netbeheer",
    ],
}
PLACES = [
    "Rathaus", "Marktplatz", "Bahnhof", "Stadthalle", "Bücherei", "Hallenbad", "Schulzentrum", "Kundenzentrum", "Museum", "Stadion",
    "Hafenbecken", "Messe", "Theater",
]  # fmt: skip
TEMPLATES: dict[tuple[str, str], tuple[str, ...]] = {
    ("bill", "de"): (
        "Rechnung {no} vom {day} für {first} {last}, {street}, {city}: Verbrauch {use}, zu zahlen {sum}. Der Betrag "
        "wird am {due} abgebucht.",
        "Ihre Jahresabrechnung {no}: Verbrauch {use} am Zähler {meter}, Nachzahlung {sum}, fällig am {due}.",
        "Ihre Jahresabrechnung {no}: Verbrauch {use} am Zähler {meter}, Guthaben {sum}, ausgezahlt am {due}.",
    ),
    ("bill", "en"): (
        "Invoice {no} dated {day} for {first} {last}, {street}, {city}: consumption {use}, amount due {sum}, payable by {due}.",
    ),
    ("bill", "nl"): ("Factuur {no} van {day} voor {first} {last}, {street}, {city}: verbruik {use}, te betalen {sum} vóór {due}.",),
    ("meter", "de"): (
        "Bitte lesen Sie den Zähler {meter} in der {street} in {city} bis zum {due} ab. Der letzte Stand vom {day} war {use}.",
        "Der Stromzähler {meter} wurde am {day} gewechselt, Endstand {use}. Einbauort ist {street}, {city}.",
        "Der Gaszähler {meter} wurde am {day} gewechselt, Endstand {use}. Einbauort ist {street}, {city}.",
    ),
    ("meter", "en"): ("Please read meter {meter} at {street} in {city} by {due}. The last reading on {day} was {use}.",),
    ("meter", "nl"): ("Wilt u de meter {meter} aan de {street} in {city} aflezen vóór {due}? De vorige stand op {day} was {use}.",),
    ("address", "de"): (
        "{first} {last}, {street}, {zip} {city}",
        "Umzug: {first} {last} zieht aus der {street} in {city} aus, neue Anschrift ist {street2}, {zip} {city2}.",
    ),
    ("address", "en"): ("{first} {last}, {street}, {zip} {city}",),
    ("address", "nl"): ("Verhuizing: {first} {last} verhuist van {street} in {city} naar {street2}, {zip} {city2}.",),
    ("ticket", "de"): (
        "Seit gestern ist in der {street} in {city} der Strom ausgefallen. Betroffen ist das Gebäude neben {place}. "
        "Wann kommt der Techniker?",
        "Kunde {first} {last} meldet, dass der Abschlag von {sum} zu hoch ist, und bittet um Rückruf am {due}.",
        "Kunde {first} {last} meldet, dass der Abschlag von {sum} nicht zu hoch ist, und bittet um Rückruf am {due}.",
        "Frau {last} aus {city} beschwert sich über die Baustelle am {place} und möchte wissen, wann der Gehweg wieder frei ist.",
        "Herr {last} aus {city} beschwert sich über die Baustelle am {place} und möchte wissen, wann der Gehweg wieder frei ist.",
    ),
    ("ticket", "en"): (
        "Mrs {last} from {city} reports that the power at {street} has failed and asks when the engineer will come to {place}.",
    ),
    ("ticket", "nl"): (
        "Mevrouw {last} uit {city} meldt dat de stroom aan de {street} is uitgevallen en vraagt wanneer de monteur bij {place} komt.",
    ),
    ("contract", "de"): (
        "Vertragsnotiz {no}: {first} {last} wechselt zum {due} in den Tarif mit {price}, Laufzeit {months} Monate, Preis erhöht.",
        "Vertragsnotiz {no}: {first} {last} wechselt zum {due} in den Tarif mit {price}, Laufzeit {months} Monate, Preis gesenkt.",
    ),
    ("contract", "en"): ("Contract note {no}: {first} {last} moves to the tariff at {price} on {due} for {months} months.",),
    ("contract", "nl"): ("Contractnotitie {no}: {first} {last} stapt op {due} over naar het tarief van {price} voor {months} maanden.",),
    ("post", "de"): (
        "Wir informieren in {city} über {topic}. Besuchen Sie unseren Stand am {place}, unsere Fachleute beantworten Ihre Fragen gern.",
        "Neu in {city}: {topic} für alle. {first} {last} erklärt am {place}, worauf es ankommt und wie Sie Geld sparen.",
    ),
    ("post", "en"): (
        "Join us in {city} to learn about {topic}. Our experts wait for you near {place} and answer every question you bring.",
    ),
    ("post", "nl"): ("Kom naar {city} en ontdek alles over {topic}. Onze adviseurs staan bij {place} voor u klaar en geven uitleg.",),
}
GREETINGS = {
    "de": (
        ("Sehr geehrte Damen und Herren, ", "Guten Tag, ", "Hallo, "),
        (" Mit freundlichen Grüßen", " Viele Grüße Ihr Kundenservice", " Vielen Dank!"),
    ),
    "en": (("Dear Sir or Madam, ", "Hello, ", "Good morning, "), (" Kind regards", " Many thanks", " Yours sincerely")),
    "nl": (("Geachte heer, mevrouw, ", "Goedemiddag, "), (" Met vriendelijke groet", " Alvast bedankt", " Hartelijk dank")),
}
MONTHS = {
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "nl": ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
}


@dataclass(frozen=True)
class Record:
    """A record before it is written: what it says."""

    kind: str
    lang: str
    template: str
    values: tuple[tuple[str, object], ...]


def _value(slot: str, lang: str, draw: random.Random) -> object:
    makers = {
        "first": lambda: draw.choice(FIRST), "last": lambda: draw.choice(LAST).replace("_", " "), "city": lambda: draw.choice(CITIES),
        "city2": lambda: draw.choice(CITIES), "street": lambda: _street(draw), "street2": lambda: _street(draw),
        "no": lambda: f"{draw.choice(['RE', 'KD', 'VT'])}-{draw.randrange(10_000, 9_999_999)}",
        "meter": lambda: f"1{draw.choice(['EMH', 'ISK', 'ITR'])}{draw.randrange(10**7, 10**8):010}",
        "zip": lambda: f"{draw.randrange(1000, 99999):05}", "months": lambda: draw.choice([6, 12, 18, 24, 36]),
        "day": lambda: date(2024, 1, 1) + timedelta(draw.randrange(900)), "due": lambda: date(2024, 1, 1) + timedelta(draw.randrange(900)),
        "sum": lambda: (draw.randrange(1000, 400_000) / 100, draw.choice(["EUR"] * 9 + ["CHF"])),
        "use": lambda: (draw.randrange(100, 60_000), draw.choice(["kWh", "kWh", "m³"])),
        "price": lambda: (draw.randrange(2000, 4500) / 100, "ct/kWh"),
        "topic": lambda: draw.choice(TOPICS[lang]), "place": lambda: draw.choice(PLACES),
    }  # fmt: skip
    return makers[slot]()


def _street(draw: random.Random) -> str:
    return f"{draw.choice(STEMS)}{draw.choice(ENDINGS)} {draw.randrange(1, 180)}{draw.choice(['', '', '', 'a', 'b'])}"


def original(draw: random.Random) -> Record:
    """A record drawn anew."""
    kind, lang = draw.choice([key for key in TEMPLATES for _ in range({"de": 3, "en": 1, "nl": 1}[key[1]])])
    template = draw.choice(TEMPLATES[kind, lang])
    slots = [piece.split("}")[0] for piece in template.split("{")[1:]]
    return Record(kind, lang, template, tuple((slot, _value(slot, lang, draw)) for slot in slots))


def twin(record: Record, draw: random.Random) -> Record:
    """The record with one other value: a digit, a day, a unit, a letter of the house number, a name or a place."""
    place = draw.randrange(len(record.values))
    slot, value = record.values[place]
    changed: object = value
    while changed == value:
        changed = _value(slot, record.lang, draw)
        if isinstance(value, str) and any(map(str.isdigit, value)) and draw.random() < 0.7:
            spots = [spot for spot, sign in enumerate(value) if sign.isdigit() and spot > 0]
            spot = draw.choice(spots)
            changed = value[:spot] + str(draw.randrange(10)) + value[spot + 1 :]
        elif isinstance(value, tuple) and draw.random() < 0.6:
            units = {"EUR": "CHF", "CHF": "EUR", "kWh": "m³", "m³": "kWh", "ct/kWh": "EUR/MWh"}
            changed = (value[0] + 1, value[1]) if draw.random() < 0.5 else (value[0], units[value[1]])
        elif isinstance(value, date) and draw.random() < 0.6:
            changed = value + timedelta(draw.choice([-1, 1, 30, 365]))
    return Record(record.kind, record.lang, record.template, (*record.values[:place], (slot, changed), *record.values[place + 1 :]))


def written(record: Record, draw: random.Random, *, copy: bool) -> str:
    """The text of a record; a copy in other formats and with slips."""
    values = {slot: _formatted(value, record.lang, draw, copy=copy) for slot, value in record.values}
    text = record.template.format(**values)
    if not copy:
        return text
    for _ in range(draw.choice([1, 1, 2])):
        text = draw.choice((_slip, _slip, _upper, _umlauts, _spaced, _signs, _greeted))(text, record.lang, draw)
    return text


def _formatted(value: object, lang: str, draw: random.Random, *, copy: bool) -> str:
    if isinstance(value, date):
        month = MONTHS[lang][value.month - 1]
        usual = {"de": f"{value:%d.%m.%Y}", "en": f"{value.day} {month} {value.year}", "nl": f"{value:%d-%m-%Y}"}[lang]
        day, year = value.day, value.year
        long = {"de": f"{day}. {month} {year}", "en": f"{month} {day}, {year}", "nl": f"{day} {month} {year}"}[lang]
        return draw.choice([usual, long, value.isoformat()]) if copy else usual
    if isinstance(value, tuple):
        number, unit = value
        digits = 2 if isinstance(number, float) else 0
        english = f"{number:,.{digits}f}"
        local = english if lang == "en" else english.translate(str.maketrans(",.", ".,"))
        plain = local.replace("," if lang == "en" else ".", "")
        sign = draw.choice(["EUR", "€", "Euro"]) if unit == "EUR" and copy else "€" if unit == "EUR" else unit
        return f"{draw.choice([local, plain]) if copy else local} {sign}"
    return str(value)


def _slip(text: str, _lang: str, draw: random.Random) -> str:
    words = text.split(" ")
    able = [place for place, word in enumerate(words) if word.strip(".,:?").isalpha() and len(word) > 5]
    if not able:
        return text
    place = draw.choice(able)
    word, spot = words[place], draw.randrange(1, len(words[place].strip(".,:?")) - 1)
    kind = draw.randrange(4)
    if kind == 0:
        word = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    elif kind == 1:
        word = word[:spot] + word[spot] + word[spot:]
    elif kind == 2:
        word = word[:spot] + word[spot + 1 :]
    else:
        word = word[:spot] + draw.choice("aeinrstlmk") + word[spot + 1 :]
    words[place] = word
    return " ".join(words)


def _upper(text: str, _lang: str, _draw: random.Random) -> str:
    return text.upper().replace("KWH", "kWh").replace("M³", "m³").replace("CT/", "ct/")


def _umlauts(text: str, _lang: str, _draw: random.Random) -> str:
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("straße", "str.")):
        text = text.replace(umlaut, plain)
    return text


def _spaced(text: str, _lang: str, _draw: random.Random) -> str:
    return "  " + re.sub(r", (?!\d)", " , ", re.sub(r"(?<!\d)\. ", ".\n", text))


def _signs(text: str, _lang: str, _draw: random.Random) -> str:
    return re.sub(r", (?!\d)", "; ", text.replace(":", " -")).rstrip(".?") + " !"


def _greeted(text: str, lang: str, draw: random.Random) -> str:
    before, after = GREETINGS[lang]
    return draw.choice(["", draw.choice(before)]) + text + draw.choice(after)


def generated(rows: int, seed: int) -> tuple[pl.DataFrame, list[Record]]:
    """Records in a random order, and what each says: 72 % originals, 14 % copies, 14 % twins."""
    draw = random.Random(seed)
    originals = [original(draw) for _ in range(int(rows * 0.72))]
    said = [(record, False) for record in originals]
    while len(said) < rows:
        chosen = draw.choice(originals)
        said.append((chosen, True) if draw.random() < 0.5 else (twin(chosen, draw), draw.random() < 0.3))
    draw.shuffle(said)
    table = [
        {
            "id": f"R{number:07}", "kind": record.kind, "lang": record.lang, "text": written(record, draw, copy=copy),
            "contract": dict(record.values).get("no") if draw.random() < 0.5 else None,
            "due": str(dict(record.values).get("due") or "") or None, "source": draw.choice(["crm", "mail", "portal"]),
            "street": _column(record, copy, draw),
        }
        for number, (record, copy) in enumerate(said)
    ]  # fmt: skip
    return pl.DataFrame(table, infer_schema_length=None), [record for record, _ in said]


def _column(record: Record, copy: bool, draw: random.Random) -> str | None:
    """The street as a column, in a copy sometimes with umlauts written out."""
    street = dict(record.values).get("street")
    if street is None or draw.random() < 0.3:
        return None
    return _umlauts(str(street), record.lang, draw) if copy and draw.random() < 0.5 else str(street)


def measured(removed: pl.DataFrame, frame: pl.DataFrame, truth: list[Record]) -> dict[str, float]:
    """Precision, recall and facts lost of removals against what the records say."""
    said = dict(zip(frame["id"].to_list(), truth, strict=True))
    right = sum(said[row["id"]] == said[row["kept_id"]] for row in removed.iter_rows(named=True))
    possible = len(truth) - len(set(truth))
    return {
        "removed": len(removed), "precision": right / max(1, len(removed)), "recall": right / possible, "facts_lost": len(removed) - right,
    }  # fmt: skip


def rensa_alone(frame: pl.DataFrame, truth: list[Record]) -> dict[str, float]:
    """rensa's deduplicator over words without any verifying: CPU seconds and precision."""
    from rensa import RMinHash, RMinHashDeduplicator

    texts, ids = frame["text"].to_list(), frame["id"].to_list()
    begun = time.process_time()
    deduplicator = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True, num_bands=16)
    said: dict[str, Record] = {}
    removed = right = 0
    for name, text, record in zip(ids, texts, truth, strict=True):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(text.split())
        if deduplicator.add(name, sketch):
            said[name] = record
            continue
        removed += 1
        right += any(said.get(other) == record for other in deduplicator.get_duplicates(sketch))
    cpu = time.process_time() - begun
    return {"cpu_seconds": cpu, "removed": removed, "precision": right / max(1, removed)}


def main(rows: int, seeds: list[int]) -> None:
    """Print a line per seed."""
    from nova.seeding.steps.exact import Exact
    from nova.seeding.steps.fuzzy import Fuzzy

    for seed in seeds:
        frame, truth = generated(rows, seed)
        begun = time.process_time()
        exact = Exact()(frame)
        middle = time.process_time()
        fuzzy = Fuzzy()(exact.kept)
        ended = time.process_time()
        found = measured(pl.concat([exact.removed, fuzzy.removed]), frame, truth)
        speed = {"exact_s": middle - begun, "fuzzy_s": ended - middle, "rows_per_cpu_second": rows / (ended - begun)}
        print({"seed": seed, "rows": rows} | found | speed)
        print({"rensa": rensa_alone(frame, truth)})


if __name__ == "__main__":
    if not Path("src/nova").is_dir():
        raise SystemExit("Run from the repository's root.")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, [int(seed) for seed in sys.argv[2:]] or [11, 12, 13])
