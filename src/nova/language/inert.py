"""Words of documents and people in, the same out unable to act: no link, picture, tag, citation mark or unseen sign keeps its form.

Whatever shows an answer (a chat program, a mail reader, a page) may read Markdown or HTML; documents are written by anybody.
"""

import re

from nova.unseen import without_unseen

MOST_ROUNDS = 8
_SCHEME = re.compile(r"\b(?:https?|ftps?|javascript|vbscript|data|file|blob):/{0,2}(?=\S)", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_BEFORE_TARGET = re.compile(r"\](?=[(\[:])")  # links and pictures with a title, in pointed brackets or by reference
_PICTURE = re.compile(r"!(?=\[)")
_MARK = re.compile(r"\[(?=\s*(?:chunks?\b|data\b|daten\s*\]|\d+\s*\]))", re.IGNORECASE)
_MARK_END = re.compile(r"(⟦[^\[\]⟦⟧]{0,80})\]")
_TAG = re.compile(r"<(?=[a-zA-Z/!?@#])")
_PERHAPS = re.compile(r"[\[\]<:]")  # nothing of the above is without one of these


def inert(text: str) -> str:
    """The text without what could act in an answer, prompt, notice or page; line breaks stay. What is inert already stays as it is."""
    found = without_unseen(text)
    if not _PERHAPS.search(found):
        return found
    for _ in range(MOST_ROUNDS):  # what goes may leave a link behind
        before, found = found, _once(found)
        if found == before:
            return found
    return found.replace("[", "(").replace("]", ")").replace("<", "‹")


def inert_name(text: str) -> str:
    """A title, heading, file name or tag on one line."""
    return " ".join(inert(text).split())


def _once(text: str) -> str:
    text = _LINK.sub(r"\1", _SCHEME.sub("", text))
    text = _PICTURE.sub("", _BEFORE_TARGET.sub("] ", text))
    text = _MARK_END.sub(r"\1⟧", _MARK.sub("⟦", text))
    return _TAG.sub("‹", text)
