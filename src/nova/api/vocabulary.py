"""The installation's own vocabulary file in and out; what the answers room cannot read is refused and nothing changes."""

from pathlib import Path
from typing import Any

from nova.answers.understand.vocabulary import Vocabulary, parse
from nova.api.doors import House
from nova.api.models.system import NewVocabulary
from nova.errors import Conflict, InvalidInput, Misconfigured
from nova.kpi.rules.thresholds import version_of
from nova.records import Caller
from nova.settings import Settings
from nova.store import governance

NAME = "wortschatz.yaml"
TEMPLATE = """# Eigener Wortschatz: links das Wort Ihrer Leute, rechts die Begriffe der Dokumente. Er ergänzt den mitgelieferten.
version: 1
felder: []
"""


def read_vocabulary(settings: Settings) -> dict[str, Any]:
    """The file (a template while there is none) and its version, where it lies, and how many entries are in force."""
    path = settings.vocabulary_path
    text = _text(path)
    return {"entries": len(Vocabulary.load(path).entries), "path": str(path), "text": text, "version": version_of(text)}


def write_vocabulary(house: House, caller: Caller, asked: NewVocabulary) -> dict[str, Any]:
    """Check and replace the file. InvalidInput says what is wrong in it; Conflict when it was changed since `version`."""
    nova, path = house.nova, house.nova.settings.vocabulary_path
    text = asked.text.replace("\r\n", "\n").replace("\r", "\n")  # as it is read back
    try:
        parse(text, NAME)
    except Misconfigured as error:
        raise InvalidInput(error.message) from None
    with nova.db.transaction() as conn:
        governance.lock_vocabulary(conn)
        before = _text(path)
        if version_of(before) != asked.version:
            message = "Der Wortschatz wurde inzwischen geändert. Laden Sie ihn neu, und tragen Sie Ihre Änderung noch einmal ein."
            raise Conflict(message, data={"version": version_of(before)})
        draft = _drafted(path, text)
        facts = {"entries": len(Vocabulary.load(draft).entries)}
        nova.audit.record(caller, "vocabulary.changed", "vocabulary", facts, connection=conn)
        draft.replace(path)
    return read_vocabulary(nova.settings)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else TEMPLATE


def _drafted(path: Path, text: str) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    return draft
