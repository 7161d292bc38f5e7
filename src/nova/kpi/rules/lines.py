"""A YAML text in, plain values that know their line out. Strict: no key twice, no aliases, no tags; a mistake is named with its line."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml

from nova.errors import Misconfigured

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_CHARS = 200_000
Word = TypeVar("Word", bound=str)
PLAIN = ("null", "bool", "int", "float", "str")


@dataclass(frozen=True, slots=True)
class Field:
    """A value and where it stands: a mapping holds fields by key, a list holds fields, all else is a plain value."""

    value: Any
    line: int
    origin: str

    def wrong(self, message: str) -> Misconfigured:
        """The error that names this line."""
        return Misconfigured(f"{self.origin}, Zeile {self.line}: {message}", data={"line": self.line})

    def keys(self, must: Collection[str], may: Collection[str], what: str) -> dict[str, "Field"]:
        """The fields of a mapping that has all keys of `must` and none beside those of `may`."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"{what} besteht aus benannten Angaben ({', '.join(must)}).")
        for key, field in self.value.items():
            if key not in must and key not in may:
                raise field.wrong(f"{what} kennt die Angabe „{key}“ nicht; erlaubt sind {', '.join([*must, *may])}.")
        if missing := [key for key in must if key not in self.value]:
            raise self.wrong(f"{what} fehlt die Angabe „{missing[0]}“.")
        return dict(self.value)

    def items(self, what: str) -> list["Field"]:
        """The fields of a list."""
        if not isinstance(self.value, list):
            raise self.wrong(f"{what} ist eine Liste.")
        return list(self.value)

    def word(self, what: str, allowed: Collection[Word]) -> Word:
        """One of a few words."""
        for word in allowed:
            if word == self.value:
                return word
        raise self.wrong(f"{what} ist eines von {', '.join(allowed)}.")

    def text(self, what: str, most: int, *, empty: bool = False) -> str:
        """A text of at most so many characters, its spaces made single."""
        if not isinstance(self.value, str) or len(self.value) > most or not (empty or self.value.strip()) or "\0" in self.value:
            raise self.wrong(f"{what} ist ein Text mit höchstens {most} Zeichen.")
        return " ".join(self.value.split())

    def number(self, what: str, least: float = -1e12, most: float = 1e12) -> float:
        """A finite number within bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not least <= self.value <= most:
            raise self.wrong(f"{what} ist eine Zahl{_between(least, most)}.")
        return float(self.value)

    def count(self, what: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not least <= self.value <= most:
            raise self.wrong(f"{what} ist eine ganze Zahl von {least} bis {most}.")
        return self.value


def read(text: str, origin: str) -> Field:
    """The whole text as one field; Misconfigured names line and reason of what is no plain YAML."""
    if len(text) > MOST_CHARS:
        raise Misconfigured(f"{origin} ist länger als {MOST_CHARS} Zeichen.")
    try:
        _no_aliases(text, origin)
        node = yaml.compose(text, Loader=_LOADER)
        if node is None:
            raise Misconfigured(f"{origin} ist leer.")
        return _field(node, origin)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Misconfigured(f"{origin}, Zeile {line}: Das ist kein gültiges YAML.", data={"line": line}) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Misconfigured(f"{origin} ist kein gültiges YAML.") from error


def _no_aliases(text: str, origin: str) -> None:
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise Misconfigured(f"{origin}, Zeile {line}: Verweise (& und *) sind hier nicht erlaubt.", data={"line": line})


def _field(node: yaml.Node, origin: str) -> Field:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Field(_mapping(node, origin), line, origin)
    if isinstance(node, yaml.SequenceNode):
        return Field([_field(part, origin) for part in node.value], line, origin)
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind not in PLAIN:
        raise Misconfigured(f"{origin}, Zeile {line}: Hier steht eine Angabe, die kein Text und keine Zahl ist.", data={"line": line})
    loader = yaml.SafeLoader("")
    return Field(loader.construct_object(node), line, origin)


def _mapping(node: yaml.MappingNode, origin: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if not isinstance(name, str) or name in found:
            raise Misconfigured(f"{origin}, Zeile {line}: Die Angabe „{name}“ steht zweimal da oder ist kein Wort.", data={"line": line})
        inner = _field(value, origin)
        found[name] = Field(inner.value, line, origin)
    return found


def _between(least: float, most: float) -> str:
    if least > -1e12 and most < 1e12:
        return f" von {least:g} bis {most:g}"
    return f" ab {least:g}" if least > -1e12 else ""
