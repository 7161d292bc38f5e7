"""A company's own customers, streets and meters in, a dictionary of keyed hashes out that finds them in any text and holds none of them.

A value is its words in small letters without accents, run together; kept is half of their HMAC-SHA256 under the caller's key.
A text is looked up word by word, up to the longest value's number of words, so that time is linear in the text.
"""

import base64
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nova.errors import PrivacyError
from nova.privacy import lexicon
from nova.privacy.fold import fold
from nova.privacy.spans import KINDS, Kind, Span

FORMAT = 1
SIZE, LONGEST_VALUE, SHORTEST_KEY = 16, 8, 16
SHORTEST_NUMBER, SHORTEST_NAME = 5, 4
STREET, OWN = "street", "own"
WORD = re.compile(r"[^\W_]+")
HOUSE = re.compile(r"\.?[ ,\n]{1,2}(?:nr\.? ?)?[1-9]\d{0,3} ?(?:[a-z](?!\w))?(?: ?[-/] ?\d{1,4})?(?![\w]|[.,]\d)", re.IGNORECASE)
SAME = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "à": "a", "ç": "c", "ş": "s", "ı": "i", "ł": "l", "ø": "o"}
)
DAMAGED = (
    "Das Wörterbuch der Stammdaten ist nicht lesbar oder mit einem anderen Schlüssel gemacht. "
    "Legen Sie es mit `nova privacy dictionary` neu an."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the master data. `kind` is a kind of personal data, or "street", or "own" for what is the company's own."""

    value: str
    kind: str


@dataclass(frozen=True)
class MasterData:
    """What finds the company's master data in folded texts; `kinds` maps hashes to kinds."""

    key: bytes = field(repr=False)
    kinds: dict[bytes, str] = field(repr=False)
    most_words: int
    lengths: frozenset[int]

    def __call__(self, text: str) -> Iterator[Span]:
        """Every value of the master data but the company's own; a street only with a house number behind it."""
        for start, end, kind in self._matches(text):
            if kind == STREET:
                house = HOUSE.match(text, end)
                if house:
                    yield Span(start, house.end(), "address")
            elif kind != OWN:
                yield Span(start, end, _kind(kind))

    def own(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the company's own data stands."""
        return ((start, end) for start, end, kind in self._matches(text) if kind == OWN)

    def __len__(self) -> int:
        return len(self.kinds)

    def _matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The longest value from each word on."""
        found = [(match.start(), match.end(), same(match.group())) for match in WORD.finditer(text)]
        at = 0
        while at < len(found):
            end, kind = self._longest(found, at)
            if kind is not None and not (kind == "name" and end == at + 1 and text[found[at][0]].islower() and not text.islower()):
                yield found[at][0], found[end - 1][1], kind
            at = max(end, at + 1)

    def _longest(self, found: list[tuple[int, int, str]], at: int) -> tuple[int, str | None]:
        joined, end, kind = "", at, None
        for place in range(at, min(len(found), at + self.most_words)):
            joined += found[place][2]
            if len(joined) in self.lengths and (told := self.kinds.get(_hash(self.key, joined))) is not None:
                end, kind = place + 1, told
        return end, kind


def same(value: str) -> str:
    """The letters and digits of a value as they are compared."""
    return "".join(WORD.findall(fold(value).text)).lower().translate(SAME)


def build(entries: Iterable[Entry], key: bytes) -> MasterData:
    """The dictionary of these values. PrivacyError for a key below 16 bytes."""
    if len(key) < SHORTEST_KEY:
        raise PrivacyError("Der Schlüssel für das Wörterbuch der Stammdaten ist zu kurz (mindestens 16 Byte).")
    kinds: dict[bytes, str] = {}
    most, lengths = 1, set[int]()
    for entry in entries:
        for value in _forms(entry):
            joined = same(value)
            most = max(most, min(LONGEST_VALUE, len(WORD.findall(fold(value).text))))
            lengths.add(len(joined))
            digest = _hash(key, joined)
            if kinds.get(digest) != OWN:
                kinds[digest] = entry.kind
    spaced = min(LONGEST_VALUE, max((length + 2) // 3 for length in lengths)) if lengths else 1
    return MasterData(key, kinds, max(most, spaced), frozenset(lengths))


def dump(data: MasterData) -> bytes:
    """The dictionary as a file: hashes only, neither values nor the key."""
    kinds = sorted(set(data.kinds.values()))
    packed = {kind: base64.b64encode(b"".join(sorted(one for one, told in data.kinds.items() if told == kind))).decode() for kind in kinds}
    told = {"format": FORMAT, "key": _mark(data.key), "most_words": data.most_words, "lengths": sorted(data.lengths), "values": packed}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def load(content: bytes, key: bytes) -> MasterData:
    """The dictionary from its file. PrivacyError when it is damaged or was made with another key."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT or told["key"] != _mark(key):
            raise PrivacyError(DAMAGED)
        kinds = {
            packed[at : at + SIZE]: str(kind)
            for kind, text in told["values"].items()
            for packed in [base64.b64decode(text, validate=True)]
            for at in range(0, len(packed), SIZE)
        }
        return MasterData(key, kinds, int(told["most_words"]), frozenset(int(one) for one in told["lengths"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PrivacyError(DAMAGED) from error


def _forms(entry: Entry) -> Iterator[str]:
    """The ways in which a value is written: a name also turned round, and its surname alone where that is no ordinary word."""
    value = entry.value.strip()
    words = WORD.findall(fold(value).text)
    if entry.kind == "name":
        if len(words) > 1:
            yield value
            yield f"{words[-1]} {' '.join(words[:-1])}"
        if words and len(words[-1]) >= SHORTEST_NAME and words[-1].lower() not in lexicon.ordinary():
            yield words[-1]
        return
    if entry.kind == STREET:
        yield value
        if value.lower().endswith(("straße", "strasse")):
            yield value[: value.lower().rindex("stra")] + "str"
        return
    if len(same(value)) >= SHORTEST_NUMBER or entry.kind == OWN:
        yield value


def _kind(kind: str) -> Kind:
    return next((one for one in KINDS if one == kind), "name")


def _hash(key: bytes, joined: str) -> bytes:
    return hmac.digest(key, joined.encode(), "sha256")[:SIZE]


def _mark(key: bytes) -> str:
    """What tells one key from another without telling either."""
    return hmac.digest(key, b"nova master data", "sha256").hex()[:16]
