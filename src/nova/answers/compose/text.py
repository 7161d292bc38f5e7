"""An answer's checked sentences in, its text out: what the screen, the log and other systems get."""

from collections.abc import Sequence

from nova.records import Citation, Sentence

NEXT = "\n\nAls Nächstes könnten Sie fragen: "


def text_of(sentences: Sequence[Sentence], citations: Sequence[Citation], following: str | None) -> str:
    """The paper's form: each sentence followed by its `[data <ID>]` and `[chunk <ID>]` tokens, and the next step as the last line."""
    chunks = {citation.number: citation.chunk_id for citation in citations}
    parts = []
    for sentence in sentences:
        ids = dict.fromkeys(chunks[number] for number in sentence.citations)
        marks = "".join([f" [data {fact_id}]" for fact_id in sentence.facts] + [f" [chunk {chunk_id}]" for chunk_id in ids])
        parts.append(f"{sentence.text}{marks}" if sentence.checked else f"{sentence.text} (nicht belegt)")
    text = " ".join(parts)
    return f"{text}{NEXT}{following}" if following else text


def without_next(answer: str) -> str:
    """An answer's text without its last line, which proposes the next question."""
    return answer.rpartition(NEXT)[0] or answer
