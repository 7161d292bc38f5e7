"""The name of a list in, its words in small letters out; read once. `scripts/gazetteer.py` makes `names.txt.gz`, people the others."""

import gzip
import re
from functools import cache, lru_cache
from importlib import resources

from nova.language.fold import WRITTEN_OUT

SHIPPED = "names.txt.gz"
HAND_WRITTEN = (("e", "everyday"), ("b", "brands"), ("f", "firstnames"), ("l", "lastnames"), ("w", "wordnames"), ("a", "abroad"))
"""Lists written for Nova, each with the letter it has among the signs of a word."""
ENGLISH_ENDS = (
    ("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")), ("er", ("", "e")),
    ("ly", ("",)), ("'s", ("",)), ("’s", ("",)),
)  # fmt: skip
"""How English words end, and what stands there in their first form."""
SHORTEST_STEM = 3


def unpacked(file: str) -> str:
    """The text of a packed file of this folder."""
    return gzip.decompress(resources.files(__name__).joinpath(file).read_bytes()).decode()


@lru_cache(maxsize=1)
def _shipped() -> dict[str, frozenset[str]]:
    sections = (part.split("\n") for part in unpacked(SHIPPED).split("# ") if part)
    return {lines[0]: frozenset(line for line in lines[1:] if line) for lines in sections}


def shipped(section: str) -> frozenset[str]:
    """The words of a section of `names.txt.gz`."""
    return _shipped()[section]


@cache
def words(name: str) -> frozenset[str]:
    """The words of `<name>.txt` (blanks and lines between them, # begins a comment).

    What only the rules of one family read lies in a folder: "names/noble".
    """
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text("utf-8")
    return frozenset(word.lower() for line in text.splitlines() for word in line.split("#")[0].split())


@lru_cache(maxsize=1)
def given() -> frozenset[str]:
    """First names."""
    return (_shipped()["given"] | words("given") | (words("firstnames") - words("wordnames"))) - words("no_given")


@lru_cache(maxsize=1)
def family() -> frozenset[str]:
    """Surnames; the most frequent only, so that a word's absence says nothing."""
    return _shipped()["family"] | words("family") | words("lastnames")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Surnames of many origins, without umlauts; words that are also things stand in `things.txt` and are left out."""
    return (any_surnames() - words("things") - _everyday()) | _written_out("lastnames")


@lru_cache(maxsize=1)
def any_surnames() -> frozenset[str]:
    """Surnames of many origins, also such as are things."""
    return _census() | _written_out("lastnames") | _written_out("wordnames")


@lru_cache(maxsize=1)
def _census() -> frozenset[str]:
    return frozenset(unpacked("surnames.txt.gz").split())


def _written_out(name: str) -> frozenset[str]:
    return frozenset(word.translate(WRITTEN_OUT) for word in words(name))


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """German places, also such of several words, and places, countries and peoples abroad."""
    return _shipped()["place"] | (words("abroad") - family() - given())


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Words that anybody uses, inflected, whether or not they are also names; with umlauts and without."""
    told = _shipped()["word"] | words("words") | words("things") | _everyday()
    return told | {word.translate(WRITTEN_OUT) for word in told}


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Everyday words and brands that nobody in a list is called."""
    told = (words("everyday") | words("brands")) - words("wordnames") - family() - given()
    return frozenset(word for word in told if word.translate(WRITTEN_OUT) not in _census())


def english(low: str) -> bool:
    """Whether a word in small letters is one of everyday English or of trade in it, also inflected."""
    return low in words("english") or any(_inflected(low, end, stems) for end, stems in ENGLISH_ENDS if low.endswith(end))


def _inflected(low: str, end: str, stems: tuple[str, ...]) -> bool:
    """Whether a word that ends so is an English one without the ending, or with another in its place, also with its last letter doubled."""
    bare, known = low[: -len(end)], words("english")
    if len(bare) < SHORTEST_STEM:
        return False
    doubled = len(end) > 1 and len(bare) > SHORTEST_STEM and bare[-1] == bare[-2] and bare[:-1] in known
    return doubled or any(bare + rest in known for rest in stems)


@lru_cache(maxsize=1)
def sayings() -> re.Pattern[str]:
    """What finds sayings that hold a person's name."""
    text = resources.files(__name__).joinpath("sayings.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)
