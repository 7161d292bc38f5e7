"""The prompt in force and a figure that got worse in, a draft of a prompt with one more rule out, for people to try on a share of users."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from psycopg import Connection

from nova.answers.compose import prompt
from nova.errors import Misconfigured
from nova.kpi.measure.registry import KPIS
from nova.store.quality import prompts as rows

CHRONOS = "chronos"
CITE = "Lass jeden Satz weg, dessen Aussage nicht in der Passage steht, die du dahinter nennst."
RULES: Mapping[str, str] = {
    "groundedness": CITE,
    "cited_share": CITE,
    "valid_citations": "Nenne nur IDs, die im Kontext stehen, und übernimm Wörter, die du als Zitat kennzeichnest, ohne Änderung.",
    "negative_share": "Verzichte auf Ironie. Sage zuerst, was die Person jetzt tun kann.",
    "sentiment": "Verzichte auf Ironie. Sage zuerst, was die Person jetzt tun kann.",
}
OTHERWISE = "Sage im ersten Satz, was die Person wissen will, und lass alles weg, wonach sie nicht gefragt hat."


def propose(conn: Connection[Any], own: Path | None, kpi: str, now: datetime) -> str | None:
    """The version of a draft with one more rule against what got worse; None where the prompt in force has that rule, or cannot be read.

    `own` is the installation's own prompt, where it has one and no version is live.
    An earlier draft with the same rule is given again, so that alerts do not pile up drafts.
    """
    rows.lock(conn)
    rule, every = RULES.get(kpi, OTHERWISE), rows.every(conn)
    live = next((row.yaml for row in every if row.state == "live"), None)
    base = live if live is not None else prompt.text(own)
    if rule in base:
        return None
    for row in every:
        if row.state in ("draft", "trial") and row.created_by == CHRONOS and rule in " ".join(row.yaml.split()):
            return row.version
    try:
        version = _free(prompt.parse(base, "prompt").version, {row.version for row in every})
    except Misconfigured:
        return None  # people hear of it where they start Nova; an alert must not fail by it
    rows.insert(conn, version, varied(base, version, rule), f"Vorschlag zu: {KPIS[kpi].title}", CHRONOS, now)
    return version


def varied(base: str, version: str, rule: str) -> str:
    """The prompt's text with another version and one more rule at the end of its instruction."""
    data = yaml.safe_load(base)
    data["version"] = version
    data["rag"]["system"] = f"{data['rag']['system'].rstrip()}\n- {rule}\n"
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def _free(version: str, taken: set[str]) -> str:
    stem = version[:50]
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}-c{number}") not in taken)
