"""Shapes of the OpenAI protocol's answers, for the description."""

from typing import Literal

from pydantic import BaseModel

from nova.api.models.answers import CitationData


class ChatModel(BaseModel):
    """A model that can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ChatModels(BaseModel):
    """All models."""

    object: Literal["list"]
    data: list[ChatModel]


class ChatAnswer(BaseModel):
    """Luna's message."""

    role: Literal["assistant"]
    content: str


class ChatChoice(BaseModel):
    """The one choice there is."""

    index: int
    message: ChatAnswer
    finish_reason: Literal["stop"]
    logprobs: None


class ChatUsage(BaseModel):
    """Tokens; Nova does not count them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """A whole answer; `citations` is Nova's own field."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChatChoice]
    usage: ChatUsage
    citations: list[CitationData]
