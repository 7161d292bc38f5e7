"""A text in, the same without personal data out, strictly: what might be personal goes too. About 150 texts a processor second."""

from collections import Counter

from nova.errors import PrivacyError
from nova.privacy import PLACEHOLDERS, redact, strict_scan

MOST_ROUNDS = 8


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
