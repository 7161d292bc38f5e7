"""Chat requests in, questions out; answers in, OpenAI's objects out."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from pydantic import ValidationError
from starlette.responses import Response

from nova.answers.ask import Final, Question, SentenceReady
from nova.api.asking import Part
from nova.api.models.answers import MOST_CHARS, AskRequest, ChatMessageIn, ChatRequest
from nova.api.protocol.envelope import json_response
from nova.api.protocol.errors import named, openai_error
from nova.api.protocol.sse import Event
from nova.api.views.records import by_chunk, citation_view
from nova.errors import InvalidInput
from nova.language.inert import inert, inert_name
from nova.records import Answer, Citation, Sentence

MODEL = "luna"
DONE = b"[DONE]"
CHATS = UUID("2b6f6f6e-6c75-5e61-8c68-617473000018")  # the space of names of conversations


def model_list() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "nova"}]}


def last_said(body: ChatRequest) -> str:
    """The user's last message; "" when there is none."""
    texts = [_text(message) for message in body.messages if message.role == "user"]
    return texts[-1].strip() if texts else ""


def going_on(body: ChatRequest, question: Question) -> Question:
    """The question with the conversation that its messages make: the protocol has no name for one, and sends all of it each time.

    What began with the same words of the same person is the same conversation; one of a single message begins anew.
    """
    texts = [_text(message).strip() for message in body.messages if message.role == "user"]
    return replace(question, talk=uuid5(CHATS, f"{question.user_id or ''}\n{texts[0]}"), begins=len(texts) == 1)


def question_of(body: ChatRequest) -> AskRequest:
    """The user's last message as a question; InvalidInput when there is none or it is too long."""
    question = last_said(body)
    if not question:
        raise InvalidInput("Es fehlt eine Nachricht mit der Rolle „user“ und Text.")
    if len(question) > MOST_CHARS:
        raise InvalidInput(f"Die Frage darf höchstens {MOST_CHARS} Zeichen lang sein.")
    try:
        return AskRequest(question=question)
    except ValidationError:  # a NUL or half a character
        raise InvalidInput("Die Frage enthält Zeichen, die hier nicht erlaubt sind.") from None


def completion(answer: Answer) -> Response:
    """The whole answer as one chat.completion."""
    message = {"role": "assistant", "content": answer_text(answer)}
    body = {
        "id": f"chatcmpl-{answer.answer_id}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        "citations": _citations(answer),
    }
    return json_response(body)


def told_as_chunks(parts: Iterator[Part]) -> Iterator[Event]:
    """Each checked sentence as a chunk, then the sources, then the end."""
    frame = {"id": f"chatcmpl-{uuid4()}", "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}
    yield _chunk(frame, {"role": "assistant", "content": ""})
    told = 0
    for part in parts:
        if isinstance(part, SentenceReady):
            told += 1
            yield _chunk(frame, {"content": ("" if told == 1 else " ") + marked(part.sentence)})
        elif isinstance(part, Final):
            rest = answer_text(part.answer) if told == 0 else _after(part.answer)
            yield _chunk(frame, {"content": rest})
            yield _chunk(frame | {"citations": _citations(part.answer)}, {}, "stop")
    yield Event("", DONE)


def told_failure(error: Exception) -> list[Event]:
    """How a stream that has begun says that it failed: as the servers do whose clients are used here, and with the end they wait for."""
    return [Event("", openai_error(*named(error))), Event("", DONE)]


def answer_text(answer: Answer) -> str:
    """Sentences with `[1]` marks and the list of sources."""
    body = " ".join(marked(sentence) for sentence in answer.sentences) or answer.text
    return body + _after(answer)


def marked(sentence: Sentence) -> str:
    """A sentence and the numbers of its citations, or that it comes from data; an unchecked one says so."""
    marks = "[Daten]" * bool(sentence.facts) + "".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {marks}".rstrip() if sentence.checked else f"{sentence.text} (nicht belegt)"


def sources(citations: Sequence[Citation]) -> str:
    """One line a source."""
    if not citations:
        return ""
    return "Quellen:\n" + "\n".join(_source(citation) for citation in citations)


def _source(citation: Citation) -> str:
    page = f", S. {citation.page}" if citation.page else ""
    section = f", {citation.section}" if citation.section else ""
    return f"[{citation.number}] {inert_name(f'{citation.title}{section}{page}')}"


def _after(answer: Answer) -> str:
    facts = "Daten:\n" + "\n".join(f"{fact.label}: {fact.text}" for fact in answer.facts) if answer.facts else ""
    listed = sources(answer.citations)
    next_question = f"Nächste Frage: {answer.next_question}" if answer.next_question and answer.status == "refused" else ""
    return "".join(f"\n\n{part}" for part in (facts, listed, next_question) if part)


def _citations(answer: Answer) -> list[dict[str, Any]]:
    read = by_chunk(answer.passages)
    return [_shown(citation_view(citation, read)) for citation in answer.citations]


def _shown(citation: dict[str, Any]) -> dict[str, Any]:
    """A citation whose words cannot act either: chat programs show Markdown, and nobody there compares it with the stored text."""
    payload = citation["payload"] | {"text": inert(citation["payload"]["text"])}
    return citation | {"quote": inert(citation["quote"]), "payload": payload}


def _chunk(frame: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> Event:
    return Event("", frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]})


def _text(message: ChatMessageIn) -> str:
    if isinstance(message.content, str):
        return message.content
    parts = message.content or []
    return " ".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")
