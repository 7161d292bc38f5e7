"""The installation's own vocabulary file in and out; what the answers room cannot read is refused and nothing changes."""

from pathlib import Path
from typing import Any

from nova.answers.vocabulary import Vocabulary, parse
from nova.errors import InvalidInput, Misconfigured
from nova.settings import Settings

NAME = "wortschatz.yaml"
TEMPLATE = """# Eigener Wortschatz: links das Wort Ihrer Leute, rechts die Begriffe der Dokumente. Er ergänzt den mitgelieferten.
version: 1
felder: []
"""


def read_vocabulary(settings: Settings) -> dict[str, Any]:
    """The file (a template while there is none), where it lies, and how many entries are in force."""
    path = settings.vocabulary_path
    text = path.read_text(encoding="utf-8") if path.exists() else TEMPLATE
    return {"entries": len(Vocabulary.load(path).entries), "path": str(path), "text": text}


def write_vocabulary(settings: Settings, text: str) -> dict[str, Any]:
    """Check and replace the file; InvalidInput says what is wrong in it."""
    try:
        parse(text, NAME)
    except Misconfigured as error:
        raise InvalidInput(error.message) from None
    _replace(settings.vocabulary_path, text)
    return read_vocabulary(settings)


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
