"""An emergency's answer in, its row out: told apart from all others, so that nobody learns, reviews or looks for a gap in it."""

from dataclasses import replace

from nova.answers.ask import AskContext, Question, keep, row
from nova.answers.check.knew import said
from nova.records import Answer


def keep_notice(context: AskContext, question: Question, answer: Answer) -> None:
    """Keep it as any answer is kept: a person's words only with their consent. Raises what the store raises for nobody's question."""
    retrieval = {"emergency": answer.emergency.kind if answer.emergency else True, "said": said(answer)}
    keep(context, question, replace(row(context, question, answer), retrieval=retrieval))
