"""The text of a vocabulary file in, the same with one more area of entries, or without one, out: all else stays as people wrote it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nova.errors import InvalidInput

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INDENT = 2
_KEY = re.compile(r"""^(["']?felder["']?\s*:)""")
UNUSUAL = "Der eigene Wortschatz ist so geschrieben, dass Nova ihn nicht ergänzen kann. Tragen Sie die Wörter unter Einstellungen ein."


def with_area(text: str, name: str, weight: float, entries: Mapping[str, Sequence[str]]) -> str:
    """The text with an area behind the others; InvalidInput where it is written in an unusual form."""
    areas = _areas(text)
    lines = text.splitlines()
    if not areas.value:
        at, indent = _key_line(lines, areas) + 1, INDENT
        lines[at - 1 : areas.end_mark.line + 1] = [_KEY.findall(lines[at - 1])[0]]
    elif areas.flow_style:
        raise InvalidInput(UNUSUAL)
    else:
        at, indent = _last_line(areas) + 1, areas.start_mark.column
    lines[at:at] = _block(indent, name, weight, entries)
    return "\n".join(lines) + "\n"


def without_area(text: str, name: str) -> str | None:
    """The text without the area of this name; None where there is none."""
    areas = _areas(text)
    found = next((one for one in areas.value if _name_of(one) == name), None)
    if found is None or areas.flow_style:
        return None
    lines = text.splitlines()
    if len(areas.value) == 1:
        at = _key_line(lines, found)
        lines[at] = _KEY.sub(r"\1 []", lines[at])
    lines[found.start_mark.line : _last_line(found) + 1] = []
    return "\n".join(lines) + "\n"


def _areas(text: str) -> SequenceNode:
    root = yaml.compose(text, _LOADER)
    if isinstance(root, MappingNode) and not root.flow_style:
        for key, value in root.value:
            if isinstance(key, ScalarNode) and key.value == "felder" and isinstance(value, SequenceNode):
                return value
    raise InvalidInput(UNUSUAL)


def _key_line(lines: Sequence[str], inside: Node) -> int:
    """Where the key of the areas stands, above what is inside; InvalidInput where it is written in an unusual form."""
    above = (at for at in range(inside.start_mark.line, -1, -1) if _KEY.match(lines[at]))
    found = next(above, None)
    if found is None:
        raise InvalidInput(UNUSUAL)
    return found


def _name_of(area: Node) -> str | None:
    if not isinstance(area, MappingNode):
        return None
    return next((value.value for key, value in area.value if key.value == "name" and isinstance(value, ScalarNode)), None)


def _last_line(node: Node) -> int:
    """The last line with something of a node on it; a block's own end lies behind the comments that follow it."""
    if isinstance(node, ScalarNode) or getattr(node, "flow_style", False):
        return int(node.end_mark.line)
    parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max((_last_line(part) for part in parts), default=int(node.start_mark.line))


def _block(indent: int, name: str, weight: float, entries: Mapping[str, Sequence[str]]) -> list[str]:
    edge = " " * indent
    head = [f"{edge}- name: {_quoted(name)}", f"{edge}  gewicht: {weight}", f"{edge}  eintraege:"]
    return [*head, *(f"{edge}    {_quoted(left)}: [{', '.join(map(_quoted, right))}]" for left, right in entries.items())]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
