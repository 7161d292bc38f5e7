"""`licences.yaml`, a base and the licences of its data in, why they may not be served together out (German); nothing: they may."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import model_validator

from nova.errors import InvalidInput
from nova.strict import Strict, parsed, read_file

OWN = Path("config/training/licences.yaml")
LARGEST_TEXT = 2**20
HEAD = re.compile(r"---\r?\n(.*?)\n---", re.DOTALL)
LICENCE = re.compile(r"^license:\s*(?:-\s*)?(\S.*)$", re.MULTILINE)
NOT_FOR_TRADE = re.compile(r"\bnon-?commercial\b|\bnicht[- ]?kommerziell|\bresearch (?:purposes )?only\b", re.IGNORECASE)


class Licence(Strict):
    """What somebody may do with what is under it; `also` are other names of it."""

    title: str
    serve: bool
    note: str
    also: tuple[str, ...] = ()


class BaseLicence(Strict):
    """Which licence bases of a name have."""

    name: str
    licence: str


class Apart(Strict):
    """What may not come together."""

    base: str
    data: str
    reason: str


class Export(Strict):
    """Which classes of export control data may have."""

    allowed: tuple[str, ...]
    note: str


class Licences(Strict):
    """All that is known; explained in the shipped file."""

    version: int
    licences: Mapping[str, Licence]
    bases: tuple[BaseLicence, ...]
    apart: tuple[Apart, ...]
    export: Export
    classes: tuple[str, ...]

    @model_validator(mode="after")
    def _known(self) -> "Licences":
        named = {one.licence for one in self.bases} | {name for one in self.apart for name in (one.base, one.data)}
        if unknown := sorted(named - set(self.licences)):
            raise InvalidInput(f"licences.yaml nennt Lizenzen, die es nicht beschreibt: {', '.join(unknown)}.")
        return self

    def named(self, licence: str) -> str:
        """The name by which a licence stands in the file; itself where it does not."""
        plain = " ".join(licence.lower().split())
        return next((name for name, one in self.licences.items() if plain in (name, *one.also)), plain)

    def of_base(self, name: str, own: str = "") -> str:
        """Under which licence a base is: what the run says itself, else by its name; "" where that is not known."""
        if own:
            return self.named(own)
        return next((one.licence for one in self.bases if fnmatch(name.lower(), one.name.lower())), "")


@dataclass(frozen=True, slots=True)
class Data:
    """What is known of a dataset: rows by licence and by source, its class, its export control, and how many people are in it."""

    licences: Mapping[str, int]
    sources: Mapping[str, int]
    classification: str = ""
    export_control: str = ""
    people: int | None = None


def load(data: Path | None = None) -> Licences:
    """An installation's own, else those that come with Nova; InvalidInput."""
    own = None if data is None else data / OWN
    if own is not None and own.is_file():
        return parsed(Licences, read_file(own), own.name)
    return parsed(Licences, resources.files("nova.training").joinpath("licences.yaml").read_text("utf-8"), "licences.yaml")


def refusals(known: Licences, base: str, base_licence: str, data: Data | None) -> list[str]:
    """Why a base and data may not be trained and served together; what is not known is not allowed."""
    found = of_base(known, base, base_licence)
    if data is None:
        return [*found, "Unter welchen Lizenzen die Daten stehen, ist nicht belegt; nennen Sie den Ordner des Datensatzes."]
    for name in sorted(data.licences):
        found += _of_data(known, base_licence, known.named(name))
    found += [
        f"Daten der Klasse „{one}“ dürfen nicht in ein Modell, das bedient wird."
        for one in _each(data.classification)
        if one.lower() not in known.classes
    ]
    return found + [
        f"Die Ausfuhr-Einstufung „{one}“ der Daten ist nicht freigegeben."
        for one in _each(data.export_control)
        if one.lower() not in known.export.allowed
    ]


def of_base(known: Licences, base: str, licence: str) -> list[str]:
    """Why a base may not serve, whatever it learned."""
    if not licence:
        return [f"Unter welcher Lizenz die Basis „{base}“ steht, sagt licences.yaml nicht."]
    return _of_one(known, licence, f"Die Basis „{base}“")


def of_files(known: Licences, folder: Path, licence: str) -> list[str]:
    """Why a base may not serve under this licence by what its own README.md and LICENSE files say."""
    found = of_readme(known, _text(folder / "README.md"), licence, "Die Basis")
    for path in sorted({path for start in ("LICEN[CS]E*", "COPYING*", "NOTICE*") for path in folder.glob(start)}):
        if NOT_FOR_TRADE.search(_text(path)):
            found.append(f"{path.name} der Basis erlaubt sie nur für nicht gewerbliche Zwecke.")
    return found


def of_readme(known: Licences, text: str, licence: str, whose: str) -> list[str]:
    """Why the head of a README.md holds it that names another licence than this one ("": any), or one that may not serve."""
    head = HEAD.match(text)
    said = LICENCE.search(head[1]) if head else None
    name = known.named(said[1].strip(" \"'")) if said else ""
    if name in ("", "other", licence):
        return []
    if licence:
        return [f"{whose} nennt selbst die Lizenz „{name}“, der Lauf „{licence}“."]
    return _of_one(known, name, whose)


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(LARGEST_TEXT).decode("utf-8", "replace")


def _each(named: str) -> list[str]:
    """The names in a text that lists them with commas."""
    return [one.strip() for one in named.split(",") if one.strip()]


def _of_data(known: Licences, base: str, licence: str) -> list[str]:
    together = [one.reason for one in known.apart if (one.base, one.data) == (base, licence)]
    return [*_of_one(known, licence, "Ein Teil der Daten"), *together]


def _of_one(known: Licences, licence: str, what: str) -> list[str]:
    one = known.licences.get(licence)
    if one is None:
        return [f"{what} steht unter „{licence}“; diese Lizenz beschreibt licences.yaml nicht."]
    return [] if one.serve else [f"{what} steht unter {one.title}: {one.note}"]


def data_of(manifest: Mapping[str, Any]) -> Data:
    """What a dataset's manifest says; InvalidInput where it is none."""
    licences, sources, counts = manifest.get("licences"), manifest.get("sources"), manifest.get("counts", {})
    if not _counts(licences) or not _counts(sources) or not isinstance(counts, Mapping):
        raise InvalidInput("Das Manifest nennt keine Lizenzen und Quellen mit ihrer Zahl von Zeilen.")
    people = counts.get("people")
    classification, export_control = (str(manifest.get(name) or "") for name in ("classification", "export_control"))
    return Data(dict(licences or {}), dict(sources or {}), classification, export_control, people if isinstance(people, int) else None)


def _counts(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(key, str) and isinstance(one, int) for key, one in value.items())


def obligations(known: Licences, names: Sequence[str]) -> dict[str, str]:
    """What each licence asks of who serves, by its title."""
    return {known.licences[name].title: known.licences[name].note for name in map(known.named, names) if name in known.licences}
