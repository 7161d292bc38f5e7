"""Personal data out of free text, strictly: what might be personal goes too. A record that cannot be checked is removed.

It is the slow step (about 150 texts a processor second), so each distinct text is looked at once.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nova.errors import InvalidInput, PrivacyError
from nova.privacy import PLACEHOLDERS, redact, strict_scan
from nova.seeding.steps.step import ID, Done, changes, removals

MOST_ROUNDS = 8
UNCHECKED = "Text konnte nicht vollständig auf personenbezogene Angaben geprüft werden"


@dataclass(frozen=True, slots=True)
class Redact:
    """The step over free text in `columns`. A change names kinds and counts (`2 NAME, 1 IBAN`), never what stood there."""

    columns: Sequence[str] = ("text",)
    name: str = "redact"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """InvalidInput where a column is missing: better no run than one that checked nothing."""
        removed: dict[str, str] = {}
        changed: list[dict[str, str]] = []
        kept = frame
        for column in self.columns:
            if column not in frame.columns or frame[column].dtype != pl.String:
                raise InvalidInput(f"Die Textspalte „{column}“ gibt es nicht; es wurde nichts geprüft.")
            texts = frame[column].drop_nulls().unique().sort().to_list()
            clean = {text: clean_text(text) for text in texts}
            for key, text in frame.select(ID, column).iter_rows():
                told = clean.get(text)
                if text is not None and told is None:
                    removed.setdefault(key, column)
                elif told is not None and told[0] != text:
                    changed.append({"id": key, "column": column, "before": "", "after": told[1], "rule": self.name})
            new = {text: told[0] if told is not None else None for text, told in clean.items()}
            kept = kept.with_columns(pl.col(column).replace_strict(new, return_dtype=pl.String))
        rows = [{"id": key, "step": self.name, "differs": column, "reason": UNCHECKED} for key, column in removed.items()]
        gone = list(removed)
        return Done(kept.filter(~pl.col(ID).is_in(gone)), removals(rows), changes(row for row in changed if row["id"] not in removed))


def clean_text(text: str) -> tuple[str, str] | None:
    """The text without what is or might be personal, and what went by kind; None where it could not be checked."""
    try:
        first = redact(text)
        counts = Counter(first.counts)
        clean = first.text
        for _ in range(MOST_ROUNDS):
            spans = strict_scan(clean)
            if not spans:
                return clean, ", ".join(f"{count} {PLACEHOLDERS[kind][1:-1]}" for kind, count in sorted(counts.items()))  # type: ignore[index]
            for span in reversed(spans):
                clean = clean[: span.start] + PLACEHOLDERS[span.kind] + clean[span.end :]
            counts.update(span.kind for span in spans)
    except PrivacyError:
        return None
    return None
