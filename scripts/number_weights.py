"""Lines with marked numbers in, the weights of the learned recogniser of numbers out (`privacy/lexicon/number_weights.txt.gz`).

    python scripts/number_weights.py FILE.jsonl... [--plain FILE.txt]             learn from the files and write the weights
    python scripts/number_weights.py FILE.jsonl... [--plain FILE.txt] --compare   learn from all files but one, count on that one, for each

Lines are `{"id", "text", "spans": [{"start", "end", "type"}]}` as in `tests/privacy`. Every run of letters and digits counts, whatever the
rules say of it. Lines are learned a second time with other labels and other values: a label of the same kind changes only the words, one of
an order or a ticket makes the number nobody's. Copies are learned once as they are and once without what `labels.called` says, so that the
pieces of words are learned too. `--compare` says for each file how the model does alone, and what it would add to the rules.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nova.privacy import TYPES
from nova.privacy.fold import fold, hidden
from nova.privacy.recognise import ALL
from nova.privacy.recognise.evidence import certain_cards, numbers
from nova.privacy.recognise.evidence.numbers import possible
from nova.privacy.recognise.evidence.runs import runs
from nova.privacy.recognise.evidence.signs import signs
from nova.privacy.recognise.evidence.weights import NONE, NUMBERS
from nova.privacy.recognise.labels import Label, labels
from nova.privacy.redact import _find
from nova.privacy.rows import by_columns
from nova.privacy.spans import TOKEN
from nova.privacy.spoken import spell_out

FILE = Path(__file__).parent.parent / "src/nova/privacy/lexicon" / NUMBERS.file
SORTS = {TYPES[kind]: kind for kind in NUMBERS.sorts}
STRENGTH, COPY_WEIGHT, LEAST, FEWEST_LINES, ROUNDS, TOLERANCE, SEED = 0.5, 0.5, 0.03, 2, 200, 1e-3, 7
COVERED, OWN, REACH = 0.6, 0.75, 30
RELABELLED, ANOTHER_THING, OTHER_VALUE, SMALL = 0.6, 0.3, 0.5, 0.1
SHOWN = (0.3, 0.5, 0.7, 0.9)
STEMS: Mapping[str, str] = {
    "customer_no": "Kunden Kunden Kunden Kunde Kd Kd. KD Kdn Kund Kundinnen Geschäftspartner GP Debitor Debitoren Mitglieds Mitglied "
    "Teilnehmer Abnehmer Kundenkonto Vertragspartner Partner Kundenstamm Stammkunden Kundenakte Personenkonto Stromkunden "
    "Gaskunden Stamm Client Customer Cust User Benutzer Login Bestandskunden Altkunden Kundenref Deb.",
    "contract_no": "Vertrag Vertrags Vertrags Vertragskonto VK Vtr. Vertr. Liefervertrag Liefervertrags Stromvertrag Gasvertrag "
    "Wärmevertrag Kontrakt Versorgungsvertrag Lieferverhältnis Vertragskonten Stromvertrags Gasvertrags Altvertrag "
    "Neuvertrag Belieferungs Rahmenvertrag Einspeisevertrag Fernwärmevertrag Vertragsteil "
    "Contract VKto VKont Vtg. Stromv. Gasv. Haushaltsstrom Wärmestrom Erdgas Autostrom Vertragsref",
    "meter": "Zähler Zähler Zähler Zaehler Stromzähler Gaszähler Wasserzähler Geräte Messgerät Messeinrichtung Smartmeter "
    "Wärmemengenzähler Hauptzähler Unterzähler Zwischenzähler Zweirichtungszähler Drehstromzähler Zählerkennungs Altzähler "
    "Neuzähler Balkonzähler Zl. Zlr Stromuhr Gasuhr Wasseruhr Messgeräte Zählergeräte "
    "mME iMSys Meter Ferraris Equipment WMZ Altgerät Neugerät Messgerät",
    "id_card": "Ausweis Ausweis Personalausweis Personalausweis Perso Reisepass Pass Führerschein Aufenthaltstitel Ausw. Passkarte "
    "Ausweisdokument Identitätskarte Dokumenten",
    "none": "Rechnung Rechnungs Bestell Bestellung Auftrag Auftrags Artikel Art. Sendung Sendungs Paket Ticket Vorgang Vorgangs "
    "Beleg Chargen Serien Mahnung Mahn Lieferschein Antrag Antrags Angebot Angebots Gutschein Mandat Projekt Inventar "
    "Störung Störungs Meldung Fall Material Los Filial Raum Plomben Trafo Station Schalter Modell Typ Versions Protokoll "
    "Prüf Zulassungs Genehmigungs Akten Flurstück Formular Norm Buchungs Zahlungs Rückruf Reklamation Beschwerde Katalog "
    "Bauteil Fehler Steuerungs Objekt Trommel Paletten Schaltauftrag Montageauftrag Termin Reservierungs Wartungs Versand "
    "Retouren Order Avis Referenz Vertreter Gerätetyp",
}
ENDS = (
    "nummer", "nummer", "nummer", "nr", "nr.", "-Nr.", "-Nr", "-nr.", " Nr.", " Nr",
    " Nummer", "-Nummer", "-ID", "ID", "kennung", "-Kennung", "kennziffer", "code", "zeichen", "kennzeichen",
    "", "", "num", "no.", "-No.", "-Ref", "referenz", " #", "nummern", "-Identnummer",
    "bezeichnung",
)  # fmt: skip
VOCABULARY = re.compile(r"[ab]v=")
Row = dict[str, Any]
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Told:
    """A run of a line: where it stands in it, its signs, and what it is marked as; None where a mark covers a part of it."""

    start: int
    end: int
    signs: list[str]
    kind: str | None
    fits: bool


@dataclass(frozen=True)
class Line:
    """A line with its runs in all views."""

    row: Row
    runs: list[Told]


def read(row: Row) -> Line:
    """A line as the recogniser reads it: as it stands, as it is dictated, and cell by cell."""
    view = hidden(fold(row["text"]), TOKEN)
    seen: dict[tuple[int, int], list[Told]] = {}
    spoken, table = spell_out(view.text), by_columns(view.text)
    views = [
        (view.text, (view,)),
        *([(spoken.text, (spoken, view))] if spoken else ()),
        *([(table.view.text, (table.view, view))] if table else ()),
    ]
    told: list[Told] = []
    for text, ways in views:
        found = list(runs(text))
        for run, own in zip(found, signs(text, found), strict=True):
            start, end = run.start, run.end
            for way in ways:
                start, end = way.original(start, end)
            if ways[0] is spoken and (start, end) in seen:
                continue
            seen[start, end] = told
            told.append(Told(start, end, own, marked(row, start, end), possible(text, run)))
    return Line(row, told)


def marked(row: Row, start: int, end: int) -> str | None:
    """What a run is marked as: a sort, "none", or None where it has only a part of a number that counts."""
    text = row["text"]
    for span in row["spans"]:
        if span["start"] < end and start < span["end"] and span["type"] in SORTS:
            shared = _signs_in(text, max(start, span["start"]), min(end, span["end"]))
            whole = shared >= COVERED * _signs_in(text, span["start"], span["end"]) and shared >= OWN * _signs_in(text, start, end)
            return SORTS[span["type"]] if whole else None
    return NONE


def _signs_in(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


class Copier:
    """Makes copies of lines with other labels and values."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._chance = random.Random(SEED)
        self._values = {kind: [span["text"] for row in rows for span in row["spans"] if span["type"] == kind] for kind in SORTS}

    def copy(self, row: Row) -> Row | None:
        """The line changed; None when nothing was."""
        edits: list[Edit] = []
        kept: list[Row] = []
        found = list(labels(row["text"]))
        for span in row["spans"]:
            kind = SORTS.get(span["type"])
            label = self._label(row, span, found) if kind else None
            if (
                kind
                and label
                and self._chance.random() < RELABELLED
                and not any(edit[0] < label.end and label.start < edit[1] for edit in edits)
            ):
                thing = NONE if self._chance.random() < ANOTHER_THING else kind
                edits.append((label.start, label.end, self._word(thing, row["text"][label.start : label.end])))
                if thing == NONE:
                    continue
            if kind and self._chance.random() < OTHER_VALUE and any(map(str.isdigit, span["text"])):
                value = self._chance.choice(self._values[span["type"]])
                if any(map(str.isdigit, value)):
                    edits.append((span["start"], span["end"], value))
            kept.append(span)
        return edited(row, kept, sorted(edits)) if edits else None

    def _label(self, row: Row, span: Row, found: Iterable[Label]) -> Label | None:
        """The label that calls a marked number so, shortly before it on its line."""
        text, start = row["text"], span["start"]
        before = [one for one in found if one.kind == SORTS[span["type"]] and start - REACH < one.end <= start]
        if not before or "\n" in text[before[-1].end : start]:
            return None
        return None if any(one["end"] > before[-1].start and one["start"] < start for one in row["spans"]) else before[-1]

    def _word(self, kind: str, like: str) -> str:
        word = self._chance.choice(STEMS[kind].split()) + self._chance.choice(ENDS)
        if like.islower() or self._chance.random() < SMALL:
            return word.lower()
        return word.upper() if like.isupper() and len(like) > 3 else word


def edited(row: Row, spans: Iterable[Row], edits: Sequence[Edit]) -> Row:
    """The line with `edits` made, which do not overlap, and its marks moved along."""
    text, at = row["text"], 0
    pieces: list[str] = []
    for start, end, word in edits:
        pieces += (text[at:start], word)
        at = end
    whole = "".join([*pieces, text[at:]])

    def moved(place: int) -> int:
        return place + sum(len(word) - (end - start) for start, end, word in edits if end <= place)

    marks = [{"start": moved(one["start"]), "end": moved(one["end"]), "type": one["type"]} for one in spans]
    return {"id": row["id"], "text": whole, "spans": [{**one, "text": whole[one["start"] : one["end"]]} for one in marks]}


def learn(lines: Sequence[Line]) -> str:
    """The weights, a kind, a sign and a weight a line."""
    copier = Copier([line.row for line in lines])
    copies = [read(copy) for line in lines if (copy := copier.copy(line.row))]
    own = [(one.signs, one.kind) for line in lines for one in line.runs if one.kind]
    more = [(one.signs, one.kind) for line in copies for one in line.runs if one.kind]
    more += [([sign for sign in told if not VOCABULARY.match(sign)], kind) for told, kind in more]
    often = Counter(sign for told, _ in [*own, *more] for sign in set(told))
    places = {sign: place for place, sign in enumerate(sorted(sign for sign, count in often.items() if count >= FEWEST_LINES))}
    rows = [sorted({places[sign] for sign in told if sign in places}) for told, _ in [*own, *more]]
    begins = np.cumsum([0, *map(len, rows)])
    table = csr_matrix((np.ones(begins[-1]), np.concatenate(rows), begins), shape=(len(rows), len(places)))
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=TOLERANCE, fit_intercept=False)
    model.fit(table, [kind for _, kind in [*own, *more]], sample_weight=[1.0] * len(own) + [COPY_WEIGHT] * len(more))
    kept = np.abs(model.coef_).max(axis=0) >= LEAST
    return "".join(
        f"{kind}\t{sign}\t{model.coef_[row, place]:.3f}\n"
        for sign, place in places.items()
        if kept[place]
        for row, kind in enumerate(model.classes_)
    )


def write(text: str) -> None:
    """Write the weights, the same bytes for the same text."""
    with FILE.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    NUMBERS.__dict__.pop("table", None)


def lines_of(files: Sequence[Path]) -> Iterator[Line]:
    """The lines of marked files, or of texts that hold no number of anybody."""
    for file in files:
        for line in filter(None, map(str.strip, file.read_text().splitlines())):
            yield read(json.loads(line) if file.suffix == ".jsonl" else {"id": "", "text": line, "spans": []})


def compare(files: Sequence[Path], nobody: Sequence[Line], kept: str) -> None:
    """What the model does on each file when it was learned from the others."""
    sets = {file: list(lines_of([file])) for file in files}
    others = tuple(one for one in ALL if one not in (certain_cards, numbers))
    rules = {line.row["text"]: _find(line.row["text"], (), others) for lines in sets.values() for line in lines}
    whole = {likelihood: Counter[str]() for likelihood in SHOWN}
    for file, lines in sets.items():
        write(learn([*nobody, *(line for other, told in sets.items() if other != file for line in told)]))
        counts = {likelihood: count(lines, rules, likelihood) for likelihood in SHOWN}
        print(file.name, "; ".join(f"{key}: {_said(one)}" for key, one in counts.items()))
        for key, one in counts.items():
            whole[key].update(one)
    for key, one in whole.items():
        print(f"all at likelihood {key}: {_said(one)}")
    write(kept)


def count(lines: Sequence[Line], rules: Mapping[str, list[Any]], likelihood: float) -> Counter[str]:
    """How many numbers are marked, found alone, said and right alone; and right and wrong where no rule found anything."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts["marked"] += sum(span["type"] in SORTS for span in line.row["spans"])
        hits: set[int] = set()
        for one in line.runs:
            kind, likely = NUMBERS.likely(one.signs)
            if likely < likelihood or not one.fits:
                continue
            meets = [
                span
                for span in line.row["spans"]
                if span["start"] < one.end and one.start < span["end"] and SORTS.get(span["type"]) == kind
            ]
            counts.update(said=1, right=bool(meets))
            hits.update(span["start"] for span in meets if one.kind == kind)
            if not any(span.start < one.end and one.start < span.end for span in rules[line.row["text"]]):
                counts["adds right" if meets else "adds wrong"] += 1
        counts["found"] += len(hits)
    return counts


def _said(one: Counter[str]) -> str:
    alone = f"{one['found'] / max(1, one['marked']):.3f} found, {one['right'] / max(1, one['said']):.3f} right"
    return f"{alone}, adds {one['adds right']} right {one['adds wrong']} wrong"


def main() -> None:
    """Learn and write, or compare."""
    parser = argparse.ArgumentParser(description=re.sub(r"\n\n.*", "", __doc__ or "", flags=re.DOTALL))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--plain", type=Path, action="append", default=[], help="a file of lines that hold no number of anybody")
    told = parser.parse_args()
    nobody = list(lines_of(told.plain))
    if told.compare:
        compare(told.files, nobody, gzip.decompress(FILE.read_bytes()).decode() if FILE.exists() else "")
        return
    text = learn([*nobody, *lines_of(told.files)])
    write(text)
    print(f"{text.count(chr(10)) // len(NUMBERS.all)} signs, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
