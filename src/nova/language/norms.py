"""Text in, references to provisions out (`§ 14a Abs. 2 EnWG`, `Paragraph 29 MsbG`, `Anlage 2 GEG`, `BK6-20-160`); the keys of headings."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

from nova.language.fold import fold

NormKind = Literal["section", "article", "annex", "ruling"]

_NUMBER = r"\d+[a-z]{0,2}\b"
_LEAD = rf"(?P<sign>§§?|Paragra(?:ph|f)(?:en)?|Paragr\.|Art(?:ikel)?\.?|Anlagen?|Anhang|Nr\.(?=\s*§))\s*(?P<number>{_NUMBER}|[IVX]+\b)"
_REFERENCE = re.compile(_LEAD + rf"(?:\s*(?:bis|-|–)\s*(?P<last>{_NUMBER}))?", re.IGNORECASE)
_BARE_ANNEX = re.compile(r"\b(?:Anlage|Anhang)\b(?!\s*(?:\d|[IVX]+\b))", re.IGNORECASE)
_DETAIL = re.compile(
    r"\s*,?\s*(?P<what>Abs(?:atz|ätze|\.)?|S(?:atz|ätze|\.)|N(?:umme)?r(?:n)?\.?|Ziff(?:er|\.)|Buchst(?:abe|\.)|Unterabs(?:atz|\.))\s*(?P<value>\d+[a-z]?|[a-z])\b",
    re.IGNORECASE,
)
_RULING = re.compile(r"\bBK\s?(\d{1,2})[- ](\d{2})[- ](\d{2,5})\b", re.IGNORECASE)
_GLUE = re.compile(r"[\s,]*(?:(?:des|der|vom|im|aus|nach|dem|laut|von)\b\s*)?", re.IGNORECASE)
_LABEL = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?(?P<sign>§§?|Art(?:ikel)?\.?|Anlage|Anhang)\s*(?P<number>{_NUMBER}|[IVX]+\b)?(?:\s*(?:bis|und|,|-|–)\s*(?P<last>{_NUMBER}))?",
    re.IGNORECASE,
)
_KINDS: dict[str, NormKind] = {"§": "section", "p": "section", "n": "section", "a": "annex"}
_PREFIX = {"section": "", "article": "art", "annex": "anlage", "ruling": ""}
_YEAR = re.compile(r"[ _-]?(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Norm:
    """One provision. `law` is the canonical key ("enwg") or None; `number` is lower case ("14a"); the rest as written or None."""

    law: str | None
    kind: NormKind
    number: str
    absatz: str | None = None
    satz: str | None = None
    nummer: str | None = None

    @property
    def key(self) -> str:
        """The key sections carry: "enwg:14a", "geg:anlage2", ":14a" when the law is not named, "bk6-20-160" for a ruling."""
        return self.number if self.kind == "ruling" else f"{self.law or ''}:{_PREFIX[self.kind]}{self.number}"

    @property
    def complete(self) -> bool:
        """Whether it names one place only: a provision with its law, or a ruling."""
        return bool(self.law) or self.kind == "ruling"


@dataclass(frozen=True, slots=True)
class NormRef:
    """A reference as it stands in a text: `text[start:end]` with its provision (for a range, one NormRef for each number)."""

    norm: Norm
    start: int
    end: int


def compact(name: str) -> str:
    """A law's name without case, spaces, hyphens and umlauts, for comparison."""
    return re.sub(r"[^a-z0-9]", "", fold(name))


@dataclass(frozen=True)
class LawNames:
    """Which law a name means. `names` maps compact names to canonical keys."""

    names: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str | None:
        """The canonical key of a law by any of its names, or None."""
        plain = compact(name)
        return self.names.get(plain) or self.names.get(re.sub(r"(?:19|20)\d\d$", "", plain)) or self._genitive(plain)

    def _genitive(self, plain: str) -> str | None:
        if plain.endswith("gesetzes"):
            return self.names.get(plain[:-2])
        return self.names.get("gesetz" + plain[8:]) if plain.startswith("gesetzes") else None

    def with_laws(self, extra: Mapping[str, str]) -> "LawNames":
        """These names and more, e.g. the abbreviations of a user's own documents (name -> key)."""
        return LawNames({**{compact(name): key for name, key in extra.items()}, **self.names})

    def of_document(self, title: str, abbreviation: str | None = None) -> str | None:
        """The key of the law a document is: by its abbreviation, by one in brackets at its title's end, or by the title itself."""
        bracket = re.search(r"\(([^()]{2,40})\)\s*$", title)
        for name in (abbreviation, bracket.group(1) if bracket else None, title):
            if name and (key := self.key(name)):
                return key
        short = abbreviation or (bracket.group(1) if bracket and re.search(r"[A-ZÄÖÜ].*[A-ZÄÖÜ]", bracket.group(1)) else None)
        return compact(_YEAR.sub("", short)) or None if short else None

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.names)

    def _begins(self, plain: str) -> bool:
        """Whether some name begins so (`gesetzes` as `gesetz`)."""
        for start in (plain, "gesetz" + plain[8:]) if plain.startswith("gesetzes") else (plain,):
            at = bisect_left(self._sorted, start)
            if at < len(self._sorted) and self._sorted[at].startswith(start):
                return True
        return plain.endswith("gesetzes") or bool(re.search(r"(?:19|20)\d\d$", plain))

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Laws named in a text as (key, start, end), longest names first, without overlaps, in order."""
        found: list[tuple[str, int, int]] = []
        spans = [(match.start(), match.end()) for match in re.finditer(r"[^\W_]+(?:-[^\W_]+)*", text)]
        index = 0
        while index < len(spans):
            count, key = self._longest(text, spans, index)
            if key:
                found.append((key, spans[index][0], spans[index + count - 1][1]))
            index += count
        return found

    def _longest(self, text: str, spans: list[tuple[int, int]], index: int) -> tuple[int, str | None]:
        """How many words the longest law name beginning here has and its key; (1, None) when there is none."""
        best: tuple[int, str | None] = (1, None)
        for count in range(1, len(spans) - index + 1):
            name = text[spans[index][0] : spans[index + count - 1][1]]
            if not self._begins(compact(name)):
                break
            if _looks_like_a_name(name) and (key := self.key(name)):
                best = (count, key)
        return best


def _looks_like_a_name(name: str) -> bool:
    return len(name) >= 2 and (len(name) > 4 or sum(char.isupper() for char in name) >= 2)


@lru_cache(maxsize=1)
def known_laws() -> LawNames:
    """The shipped table of German energy laws and those they refer to."""
    names: dict[str, str] = {}
    for line in resources.files("nova.language").joinpath("lexicon/laws.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, rest = line.partition("|")
            names[compact(key)] = key.strip()
            names.update({compact(name): key.strip() for name in rest.split(";")})
    return LawNames(names)


def find_norms(text: str, laws: LawNames | None = None) -> list[NormRef]:
    """Every reference in a text, in order. The law may stand after (`§ 14a EnWG`) or before (`EnWG § 14a`) the number."""
    laws = laws or known_laws()
    refs = [NormRef(Norm(None, "ruling", f"bk{m[1]}-{m[2]}-{m[3]}".lower()), m.start(), m.end()) for m in _RULING.finditer(text)]
    named = laws.find(text)
    for match in _BARE_ANNEX.finditer(text):
        law, start, end = _law_beside(text, named, match.start(), match.end())
        if law:
            refs.append(NormRef(Norm(law, "annex", ""), start, end))
    for match in _REFERENCE.finditer(text):
        if fold(match["sign"])[0] == "a" and not match["number"][0].isdigit() and len(match["number"]) > 4:
            continue
        details, end = _details(text, match.end())
        law, start, end = _law_beside(text, named, match.start(), end)
        kind = _kind(match["sign"])
        refs += [NormRef(Norm(law, kind, number, **details), start, end) for number in _numbers(match["number"], match["last"])]
    return _inherit(text, sorted(refs, key=lambda ref: ref.start))


def _inherit(text: str, refs: list[NormRef]) -> list[NormRef]:
    """`§ 20 und § 21 KWKG`: the law named at the end of a list counts for its first members as well."""
    for index in range(len(refs) - 2, -1, -1):
        here, after = refs[index], refs[index + 1]
        if here.norm.law is None and after.norm.law and re.fullmatch(r"\s*(?:,|und|oder|u\.|sowie|/)\s*", text[here.end : after.start]):
            refs[index] = replace(here, norm=replace(here.norm, law=after.norm.law))
    return refs


def _kind(sign: str) -> NormKind:
    folded = fold(sign)
    return "article" if folded.startswith("art") else _KINDS[folded[0]]


def _details(text: str, end: int) -> tuple[dict[str, str], int]:
    details: dict[str, str] = {}
    while match := _DETAIL.match(text, end):
        what = fold(match["what"])
        name = "absatz" if what.startswith("abs") else "satz" if what.startswith("s") else "nummer" if what[0] in "nz" else ""
        if name:
            details.setdefault(name, match["value"])
        end = match.end()
    return details, end


def _law_beside(text: str, named: list[tuple[str, int, int]], start: int, end: int) -> tuple[str | None, int, int]:
    glue = _GLUE.match(text, end)
    after = glue.end() if glue else end
    for law, law_start, law_end in named:
        if end <= law_start <= after:
            return law, start, law_end
    for law, law_start, law_end in named:
        if law_end <= start and not text[law_end:start].strip(" ,:"):
            return law, law_start, end
    return None, start, end


def _numbers(first: str, last: str | None) -> list[str]:
    first = first.lower()
    if not last or not first[0].isdigit():
        return [first]
    low, high = int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last))
    if not low < high <= low + 60:
        return [first, last.lower()] if last.lower() != first else [first]
    return [first, *(str(number) for number in range(low + 1, high)), last.lower()]


def label_of(heading: str) -> str:
    """The norm or number a heading begins with: "§ 14a", "§§ 46a bis 47", "Anlage 2", "3.1", or ""."""
    match = _LABEL.match(heading)
    if match and (match["number"] or match["sign"].lower() in ("anlage", "anhang")):
        return re.sub(r"^\(.*?\)\s*", "", " ".join(match.group().split()))
    numbered = re.match(r"^\s*(\d+(?:\.\d+)+|\d+\.)(?=\s+\S)", heading)
    return numbered.group(1).rstrip(".") if numbered else ""


def norm_key(law: str | None, label: str) -> str | None:
    """The key of a heading's label within a law: ("enwg", "§ 14a") -> "enwg:14a"; None when the label is no norm."""
    keys = norm_keys(law, label)
    return keys[0] if keys else None


def norm_keys(law: str | None, label: str) -> list[str]:
    """All keys a label stands for; several for a range such as "§§ 46a bis 47"."""
    match = _LABEL.match(label)
    if not match or law is None or not (match["number"] or match["sign"].lower() in ("anlage", "anhang")):
        return []
    kind = _kind(match["sign"])
    return [Norm(law, kind, number).key for number in (_numbers(match["number"], match["last"]) if match["number"] else [""])]


def keys_of(refs: Iterable[NormRef]) -> tuple[str, ...]:
    """The distinct keys of some references, in order."""
    return tuple(dict.fromkeys(ref.norm.key for ref in refs))
