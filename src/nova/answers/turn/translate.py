"""An English question in, the German words to look for out; word by word, from a list of this trade's words."""

import re
from functools import lru_cache
from importlib import resources


def in_german(text: str) -> str:
    """The German words of an English question; what the list does not know stays as it is."""
    words, expression = _glossary()
    return " ".join(expression.sub(lambda match: words.get(match.group().casefold(), match.group()), text).split())


@lru_cache(maxsize=1)
def _glossary() -> tuple[dict[str, str], re.Pattern[str]]:
    words = {}
    for line in resources.files("nova.answers.turn").joinpath("english.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, _, german = line.partition("\t")
            words[english] = german.strip()
    ordered = sorted(words, key=len, reverse=True)
    return words, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.IGNORECASE)
