"""An emergency's answer in, its row out: told apart from all others, so that nobody learns, reviews or looks for a gap in it."""

from nova.answers.ask import NOBODYS, NOT_KEPT, AskContext, Question, keep, redacted
from nova.answers.knew import said
from nova.answers.shelf import AnswerRecord
from nova.records import Answer


def keep_notice(context: AskContext, question: Question, answer: Answer) -> None:
    """Keep it as any answer is kept: a person's words only with their consent. Raises what the store raises for nobody's question."""
    kept = redacted(context, question.text)
    record = AnswerRecord(
        answer_id=answer.answer_id,
        user_id=question.user_id,
        question=kept,
        answer=answer.text,
        status=answer.status,
        model=answer.model,
        prompt_version=answer.prompt_version,
        analyser="",
        as_of=None,
        passages=[],
        citations=[],
        timings_ms=dict(answer.timings_ms),
        trace_id=question.trace_id,
        retrieval={"emergency": answer.emergency.kind if answer.emergency else True, "said": said(answer)},
        conversation_id=question.conversation_id,
        purposes=NOBODYS if question.user_id is None and kept != NOT_KEPT else (),
    )
    keep(context, question, record)
