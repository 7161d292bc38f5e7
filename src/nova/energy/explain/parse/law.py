"""A folded question in, the rule out that it holds a number of the data against, and the words to look up in the documents."""

from collections.abc import Sequence

from nova.energy.explain.parse.lexis import DOCUMENTS, LAW, LIMIT, OWN, RULE
from nova.energy.explain.parse.places import Place, is_free
from nova.language.fold import tokens
from nova.language.stems import is_stop


def compared(text: str) -> str:
    """The rule that a question holds its own number against; "" where it names none, or asks for more than that."""
    rules = [match.group().strip() for match in LAW.finditer(text)]
    rest = LAW.sub(" ", text)
    return " ".join(rules) if rules and LIMIT.search(rest) and not DOCUMENTS.search(rest) else ""


def words(question: str, text: str, taken: Sequence[Place]) -> str:
    """The rule as it is written, and what else the question names. `taken` are the places of its period and meter in the folded text."""
    spans = [*taken, *(match.span() for match in LAW.finditer(text))]
    others = [text[token.start : token.end] for token in tokens(text) if is_free((token.start, token.end), spans)]
    rules = [match.group() for match in RULE.finditer(question)]
    return " ".join([*rules, *(word for word in others if not (is_stop(word) or OWN.fullmatch(word)))])
