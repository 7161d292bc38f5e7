"""Vectors as Ollama and OpenAI-compatible servers give them, and the ways in which they fail to.

Ollama: docs/api.md and server/routes.go of ollama/ollama (`POST /api/embed`: `input` one text or many, `truncate`, `keep_alive`; gives
`embeddings`; 404 for an unknown model, 400 "the input length exceeds the context length", 400 "embedding contains NaN or Inf values").
OpenAI: the API reference of embeddings (`POST /v1/embeddings`: `data` with `index` and `embedding`); vLLM answers 400 "maximum context
length is ...", llama.cpp 500 "input is too large to process", both with `{"error": {"message": ...}}`. A NaN in a vector comes as `null`,
for strict JSON has no word for it.

The vectors mean something: a word counts as the concept it names, so that texts about the same are near each other without a common word.
"""

import hashlib
import math
import re
from typing import Any

MODELS = ("sinn", "sinn-gross", "nomic-embed-text", "embeddinggemma")
DIMENSION = 48
LONGEST = 200  # characters, in mode "long"
POISON = "GIFT"
PREFIXES = re.compile(r"^(search_query: |search_document: |task: search result \| query: |title: none \| text: )")
CONCEPTS = {
    "stromausfall": "unterbrechung", "quibbel": "unterbrechung", "versorgungsunterbrechung": "unterbrechung",
    "chef": "leitung", "geschäftsführung": "leitung", "auto": "fahrzeug", "pkw": "fahrzeug", "wagen": "fahrzeug",
}  # fmt: skip


def vector(text: str, dimension: int = DIMENSION) -> list[float]:
    """The sum of one direction for each word that carries meaning."""
    total = [0.0] * dimension
    for word in re.findall(r"\w{4,}", PREFIXES.sub("", text).lower()):
        seed = hashlib.sha256(_concept(word).encode()).digest()
        for at in range(dimension):
            total[at] += seed[at % 32] / 127.5 - 1 if at < 32 else seed[(at * 7) % 32] / 255 - 0.5
    length = math.sqrt(sum(value * value for value in total))
    return [value / length for value in total] if length else [1.0] + [0.0] * (dimension - 1)


def _concept(word: str) -> str:
    """What a word means: "fremd17" is another word for "heim17"; others mean what their beginning means."""
    if word.startswith(("fremd", "heim")):
        return "heim" + word.removeprefix("fremd").removeprefix("heim")
    return CONCEPTS.get(word, word[:6])


def answer(mode: str, kind: str, body: dict[str, Any], dimension: int) -> tuple[int, dict[str, Any]]:
    """Status and body of one answer."""
    texts = [body["input"]] if isinstance(body["input"], str) else list(body["input"])
    if mode == "poison" and any(POISON in text for text in texts):
        return _error(kind, 400 if kind == "ollama" else 500, "embedding contains NaN or Inf values")
    if mode == "long" and any(len(text) > LONGEST for text in texts):
        if kind == "ollama":
            return _error(kind, 400, "the input length exceeds the context length")
        return _error(kind, 500, "input is too large to process. increase the physical batch size")
    found: list[Any] = [vector(text, dimension) for text in texts]
    if mode == "fewer":
        found = found[1:]
    elif mode == "nan":
        found[-1] = [None, *found[-1][1:]]
    elif mode == "null":
        found = [[None] * dimension if POISON in text else one for text, one in zip(texts, found, strict=True)]
    elif mode == "zero":
        found[-1] = [0.0] * dimension
    elif mode == "words":
        found[-1] = ["eins", "zwei"]
    elif mode == "shorter":
        found[-1] = found[-1][:-1]
    elif mode == "huge":
        found[-1] = [10**400, 1]
    if kind == "ollama":
        return 200, {} if mode == "nothing" else {"model": body["model"], "embeddings": found, "total_duration": 1, "prompt_eval_count": 8}
    data = [{"object": "embedding", "index": at, "embedding": values} for at, values in enumerate(found)]
    if mode == "shuffled":
        data.reverse()
    if mode == "twice":
        data = [entry | {"index": 0} for entry in data]
    return 200, {} if mode == "nothing" else {"object": "list", "model": body["model"], "data": data, "usage": {"total_tokens": 8}}


def _error(kind: str, status: int, message: str) -> tuple[int, dict[str, Any]]:
    return status, {"error": message if kind == "ollama" else {"message": message, "type": "invalid_request_error"}}
