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
from functools import cached_property

from nova.errors import PrivacyError
from nova.language.fold import WRITTEN_OUT
from nova.privacy.fold import fold
from nova.privacy.forms import KEPT, OWN, STREET, WORD, forms, in_mail, is_meant, whole_name
from nova.privacy.lexicon import words
from nova.privacy.places import cues
from nova.privacy.places.house import end_of
from nova.privacy.spans import Span, kind_named
from nova.privacy.spoken import dictated_number

__all__ = ["OWN", "STREET", "Entry", "MasterData", "build", "dump", "load", "same"]

FORMAT = 1
SIZE, LONGEST_VALUE, SHORTEST_KEY = 16, 8, 16
MOST_PIECES, LONGEST_PIECE = 34, 2
HOUSE = re.compile(
    r"\.?[ ,\n]{1,2}(?:(?:haus)?(?:nummer|nr\.?) ?)?[1-9]\d{0,3} ?(?:[a-z](?!\w))?(?: ?[-/] ?\d{1,4})?(?![\w]|[.,]\d)", re.IGNORECASE
)
BEFORE = 64
SAME = WRITTEN_OUT | str.maketrans({"é": "e", "è": "e", "á": "a", "à": "a", "ç": "c", "ş": "s", "ı": "i", "ł": "l", "ø": "o"})
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
        """Every value of the master data but the company's own; a street only with a house number behind it, in figures or dictated."""
        small = text.islower()
        for start, end, kind in self._matches(text):
            if kind == STREET:
                house = _house(text, end)
                if house is not None:
                    posted = cues.POSTCODE_BEFORE.search(text, max(0, start - BEFORE), start)
                    yield Span(posted.start() if posted else start, end_of(text, house), "address")
            elif kind != OWN and is_meant(kind, text, start, end, small):
                if kind_named(kind) != "name":
                    yield Span(start, end, kind_named(kind))
                elif not in_mail(text, start, end):
                    yield Span(*whole_name(text, start, end), "name")

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
            if kind is not None:
                yield found[at][0], found[end - 1][1], kind
            at = max(end, at + 1)

    def _longest(self, found: list[tuple[int, int, str]], at: int) -> tuple[int, str | None]:
        """The end and the sort of the longest value from a word on; groups of figures, and signs by ones or twos, count as one word."""
        joined, end, kind, pieces = "", at, None, True
        for place in range(at, min(len(found), at + MOST_PIECES)):
            pieces = pieces and (len(found[place][2]) <= LONGEST_PIECE or found[place][2].isdigit())
            joined += found[place][2]
            if (place - at >= self.most_words and not pieces) or len(joined) > self.longest:
                break
            if len(joined) in self.lengths and (told := self.kinds.get(_hash(self.key, joined))) is not None:
                end, kind = place + 1, told
        return end, kind

    @cached_property
    def longest(self) -> int:
        """The letters and digits of the longest value."""
        return max(self.lengths, default=0)


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
        for value, kind in forms(entry.value, entry.kind):
            joined = same(value)
            if not joined:
                continue
            most = max(most, min(LONGEST_VALUE, len(WORD.findall(value))))
            lengths.add(len(joined))
            digest = _hash(key, joined)
            if digest not in kinds or _rank(kind) < _rank(kinds[digest]):
                kinds[digest] = kind
    spaced = min(LONGEST_VALUE, max((length + 2) // 3 for length in lengths)) if lengths else 1
    return MasterData(key, kinds, max(most, spaced), frozenset(lengths))


def with_own(data: MasterData | None, values: Iterable[str], key: bytes) -> MasterData | None:
    """The dictionary with these values of the company's own (its telephone numbers, in each way they are written); the same without any."""
    entries = [Entry(written, OWN) for value in values for written in _written(value)]
    if not entries:
        return data
    added = build(entries, key)
    if data is None:
        return added
    return MasterData(key, data.kinds | added.kinds, max(data.most_words, added.most_words), data.lengths | added.lengths)


def _written(value: str) -> tuple[str, ...]:
    """A telephone number of Germany as it stands, at home and from abroad; any other value as it stands."""
    digits = "".join(filter(str.isdigit, value))
    if value.lstrip().startswith("+49") or digits.startswith("0049"):
        home = digits.removeprefix("00").removeprefix("49").lstrip("0")
    elif digits.startswith("0") and not digits.startswith("00"):
        home = digits[1:]
    else:
        return (value,)
    return (value, f"0{home}", f"49{home}", f"0049{home}", f"490{home}")


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


def _house(text: str, end: int) -> int | None:
    """The end of the house number behind a street; what is measured or counted is none."""
    house = HOUSE.match(text, end)
    if house:
        return house.end()
    said = dictated_number(text, end)
    if said is None or cues.UNIT.match(text, said):
        return None
    counted = cues.PLURAL.match(text, said)
    return said if counted is None or counted.group(1).lower() in words("behind_house") else None


def _rank(kind: str) -> int:
    """How early a sort of value stands when two values agree."""
    return 0 if kind == OWN else KEPT.index(kind) + 1 if kind in KEPT else 1


def _hash(key: bytes, joined: str) -> bytes:
    return hmac.digest(key, joined.encode(), "sha256")[:SIZE]


def _mark(key: bytes) -> str:
    """What tells one key from another without telling either."""
    return hmac.digest(key, b"nova master data", "sha256").hex()[:16]
