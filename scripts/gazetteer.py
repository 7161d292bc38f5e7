"""Unpacked packages and texts of laws in, the compact list of names, places and ordinary words out that the privacy room ships.

    python scripts/gazetteer.py --faker DIR --mimesis DIR --geonames cities500.json --laws FOLDER
    python scripts/gazetteer.py --census dist.all.last

Sources: Faker and Mimesis (both MIT) for names, GeoNames (CC BY 4.0) for places, German laws (public domain)
for ordinary words; the United States' census of 1990 (public domain; the file lies in the package `names`) for surnames of all origins.
What Nova adds by hand stands as plain text in the same folder (`given.txt`, `words.txt`).
"""

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from importlib import import_module
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "src/nova/privacy/lexicon"
LOCALES = re.findall(
    r"\S+",
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE de_LI de_LU en_GB en_IN en_PK en_US es_ES et_EE fi_FI fr_FR hr_HR hu_HU it_IT lt_LT lv_LV "
    "nl_BE nl_NL no_NO pl_PL pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR vi_VN",
)
FIRST = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŻŠČŽĐİŞÇĞ][^\W\d_]+(?:-[^\W\d_]+)?")
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def ascii_too(word: str) -> set[str]:
    """The word in lower case, and without its accents where it has other than German ones."""
    lower = unicodedata.normalize("NFC", word.lower().replace("i̇", "i"))
    stripped = "".join(one for one in unicodedata.normalize("NFD", lower) if not unicodedata.combining(one))
    german = set("äöü") & set(lower)
    return {lower} if german else {lower, stripped.replace("ł", "l").replace("ı", "i").replace("đ", "d").replace("ø", "o")}


def names(faker: Path, mimesis: Path) -> tuple[set[str], set[str]]:
    """First names and surnames in Latin letters."""
    sys.path.insert(0, str(faker))
    given: set[str] = set()
    family: set[str] = set()
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if isinstance(value, (tuple, list, dict)) and attribute.startswith(("first_name", "last_name")):
                (given if attribute.startswith("first") else family).update(one for one in value if isinstance(one, str))
    for language in ("de", "tr", "pl", "it", "nl", "hr"):
        file = mimesis / "mimesis/datasets" / language / "person.json"
        told = json.loads(file.read_text()) if file.exists() else {"names": {}, "surnames": []}
        given.update(one for part in told["names"].values() for one in part)
        surnames = told["surnames"]
        family.update(one for part in (surnames.values() if isinstance(surnames, dict) else [surnames]) for one in part)
    return given, family


def listed(words: set[str], shortest: int) -> set[str]:
    """Whole words in lower case; of names of several words nothing."""
    return {low for word in words if FIRST.fullmatch(word) and len(word) >= shortest for low in ascii_too(word)}


def ordinary(laws: Path) -> set[str]:
    """Words that laws use at least twice, or in small letters."""
    seen: Counter[str] = Counter()
    for file in sorted(laws.glob("*.md")):
        seen.update(LETTERS.findall(file.read_text()))
    return {word.lower() for word, count in seen.items() if len(word) > 2 and (count > 1 or word[0].islower())}


def places(geonames: Path, mimesis: Path) -> set[str]:
    """Names of German places, in lower case."""
    known = {
        city["name"] for city in json.loads(geonames.read_text()).values() if city["countrycode"] == "DE" and city["population"] >= 500
    }
    known.update(json.loads((mimesis / "mimesis/datasets/de/address.json").read_text())["city"])
    return {re.sub(r" \(.*| an der .*| am .*", "", name).lower() for name in known if name[0].isupper()}


def census(file: Path) -> None:
    """Write `surnames.txt.gz`: the first word of each line, in lower case, ordinary words left out (umlauts are written "ae" there)."""
    listed_names = {line.split()[0].lower() for line in file.read_text().splitlines() if line.strip()}
    known = gzip.decompress((LEXICON / "names.txt.gz").read_bytes()).decode().split("# ")
    common = {word for part in known if part.startswith("word\n") for word in part.split("\n")[1:]}
    pack("surnames.txt.gz", "".join(f"{word}\n" for word in sorted(listed_names - common) if len(word) > 2))


def pack(name: str, text: str) -> None:
    """Write a list, the same bytes for the same words."""
    with (LEXICON / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())


def main() -> None:
    """Write `names.txt.gz`, or `surnames.txt.gz` from a census."""
    parser = argparse.ArgumentParser()
    for option in ("faker", "mimesis", "geonames", "laws", "census"):
        parser.add_argument(f"--{option}", type=Path)
    told = parser.parse_args()
    if told.census:
        census(told.census)
        return
    given, family = names(told.faker, told.mimesis)
    sections = {
        "given": listed(given, 2),
        "family": listed(family, 3),
        "place": places(told.geonames, told.mimesis),
        "word": ordinary(told.laws),
    }
    text = "".join(f"# {name}\n" + "".join(f"{word}\n" for word in sorted(words)) for name, words in sections.items())
    pack("names.txt.gz", text)
    print({name: len(words) for name, words in sections.items()}, (LEXICON / "names.txt.gz").stat().st_size)


if __name__ == "__main__":
    main()
