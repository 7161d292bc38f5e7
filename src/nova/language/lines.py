"""A text in, the same with whole lines out."""

import re

_BROKEN = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=(?![a-z]\))[^\W\d_]|§|\((?!\d))")


def unbroken(text: str) -> str:
    """A text whose lines do not break within a sentence: what an adapter learns from and is asked with."""
    return _BROKEN.sub(" ", text)
