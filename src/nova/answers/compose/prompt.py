"""`luna.yml` in, a checked prompt out; a question and the read sections in, the messages for a model within its context size out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from nova.answers.check.verify import Source
from nova.answers.passages.analyse import AnalysedSection
from nova.answers.passages.name import place_name
from nova.errors import Misconfigured
from nova.language.inert import inert
from nova.ports import ChatMessage

_KEYS: dict[str, set[str]] = {"": {"version", "persona", "style", "rag"}, "style": {"language", "register", "sarcasm"}, "rag": {"system"}}
CHARS_PER_TOKEN = 2.6
ANSWER_TOKENS = 700
LEAST_CONTEXT = 600
SOBER = "Ton: sachlich, ohne Ironie."
REFUSAL = "Dazu steht nichts in Ihren Unterlagen."


@dataclass(frozen=True, slots=True)
class Prompt:
    """What Luna is told. `version` is kept with every answer."""

    version: str
    persona: str
    language: str
    register: str
    sarcasm: str
    system: str


@lru_cache(maxsize=1)
def builtin() -> Prompt:
    """The shipped prompt."""
    return parse(resources.files("nova.answers.compose").joinpath("luna.yml").read_text("utf-8"), "luna.yml")


def load(path: Path | None = None) -> Prompt:
    """The user's prompt file when it exists, else the shipped one; Misconfigured says what is wrong in it."""
    if path is None or not path.exists():
        return builtin()
    return parse(path.read_text("utf-8"), str(path))


def text(path: Path | None = None) -> str:
    """The text that `load` reads."""
    if path is None or not path.exists():
        return resources.files("nova.answers.compose").joinpath("luna.yml").read_text("utf-8")
    return path.read_text("utf-8")


def parse(text: str, name: str) -> Prompt:
    """The prompt of a file's text; Misconfigured for broken YAML, unknown or missing keys and wrong types."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Misconfigured(f"Die Prompt-Datei {name} ist kein gültiges YAML: {error}") from error
    data = _part(data, "", name)
    style = _part(data.get("style"), "style", name)
    rag = _part(data.get("rag"), "rag", name)
    return Prompt(
        version=_words(data, "version", name),
        persona=_words(data, "persona", name),
        language=_words(style, "language", name),
        register=_words(style, "register", name),
        sarcasm=_words(style, "sarcasm", name),
        system=_words(rag, "system", name),
    )


def _part(value: Any, part: str, name: str) -> dict[str, Any]:
    where = f"„{part}“" if part else "die oberste Ebene"
    if not isinstance(value, dict):
        raise Misconfigured(f"In der Prompt-Datei {name} muss {where} aus Schlüsseln und Werten bestehen.")
    known = _KEYS[part]
    if unknown := sorted(str(key) for key in value if key not in known):
        raise Misconfigured(f"In der Prompt-Datei {name} ist der Schlüssel „{unknown[0]}“ unbekannt (erlaubt: {', '.join(sorted(known))}).")
    return value


def _words(part: dict[str, Any], key: str, name: str) -> str:
    value = part.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and key == "version":
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Misconfigured(f"In der Prompt-Datei {name} fehlt „{key}“ oder ist kein Text.")
    return value.strip()


def messages(
    prompt: Prompt, question: str, readings: Sequence[AnalysedSection], sources: Sequence[Source], *, num_ctx: int, tone: str = "luna"
) -> tuple[list[ChatMessage], list[Source]]:
    """System and user message with as many passages as `num_ctx` tokens hold, best sections first; also the passages that went in.

    Document words are made inert: they cannot close the context, pose as an instruction's frame or as a citation.
    """
    manner = SOBER if tone == "sachlich" else f"Ton: {prompt.register}; Ironie: {prompt.sarcasm}."
    system = f"{prompt.persona}\n\nSprache: {prompt.language}. {manner}\n\n{prompt.system}"
    asked = _harmless(question)
    room = int((num_ctx - ANSWER_TOKENS) * CHARS_PER_TOKEN) - len(system) - len(asked) - 200
    shown, used = _context(readings, {source.chunk_id: source for source in sources}, max(room, LEAST_CONTEXT))
    user = f"<<<KONTEXT\n{shown}\nKONTEXT>>>\n\nFrage: {asked}"
    return [ChatMessage("system", system), ChatMessage("user", user)], used


def _context(readings: Sequence[AnalysedSection], sources: dict[Any, Source], room: int) -> tuple[str, list[Source]]:
    lines: list[str] = []
    used: list[Source] = []
    for reading in readings:
        held = reading.held
        head = f"## {_harmless(place_name(held))} – {_harmless(held.text.title)}"
        for place in held.places:
            source = sources.get(place.chunk_id)
            base = held.text.start
            words = _harmless(" ".join(held.text.text[max(0, place.start - base) : max(0, place.end - base)].split()))
            line = f"[chunk {source.token}] {words}" if source else ""
            cost = len(line) + 1 + (len(head) + 1 if head else 0)
            if not line or cost > room:
                continue
            room -= cost
            if head:
                lines.append(head)
                head = ""
            lines.append(line)
            if source:
                used.append(source)
    return "\n".join(lines), used


def _harmless(text: str) -> str:
    return re.sub(r"<{2,}|>{2,}", "", inert(text))
