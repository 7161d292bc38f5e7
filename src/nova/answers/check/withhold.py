"""A sentence that a model wrote and what its reader has before them in, whether it must be withheld out.

A model may make up a person, or remember one. What might be personal is said only where the question or a cited passage says it too.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from nova.errors import NovaError

Personal = Callable[[str], Sequence[str]]
"""Takes a text, gives every value in it that might be personal, as written. It may raise a NovaError."""

WITHHELD = (
    "Das Sprachmodell nannte eine Angabe zu einer Person, die weder in Ihrer Frage noch in den Fundstellen steht;"
    " dieser Teil der Antwort wurde zurückgehalten."
)


def names_somebody_new(text: str, known: Iterable[str], personal: Personal) -> bool:
    """Whether `text` holds a value that might be personal and stands in none of the `known` texts; also where it could not be checked."""
    try:
        values = personal(text)
    except NovaError:
        return True
    texts = list(known) if values else []
    return any(not any(_stands(value, text) for text in texts) for value in values)


def _stands(value: str, text: str) -> bool:
    """Whether a value stands in a text by itself, however it is spaced and punctuated there, with or without the s of a genitive."""
    letters = re.findall(r"[^\W_]", value)
    ending = "s?" if letters and letters[-1].isalpha() else ""
    if ending and len(letters) > 1 and letters[-1] in "sS":
        letters, ending = letters[:-1], "[sS]?"
    pattern = r"[\W_]*".join(map(re.escape, letters))
    return bool(letters) and re.search(rf"(?<![^\W_]){pattern}{ending}(?![^\W_])", text, re.IGNORECASE) is not None
