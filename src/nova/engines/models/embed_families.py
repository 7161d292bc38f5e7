"""An embedding model's name in, what is known of its family out: the words it wants before questions and passages, and a warning.

Only families whose authors ask for prefixes, or that are weak on German, are listed; any other model is used as it is.
"""

import re
from dataclasses import dataclass

INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
SENTENCE = "Represent this sentence for searching relevant passages: "
BETTER = "Für deutsche Dokumente eignen sich `snowflake-arctic-embed2` oder `embeddinggemma`."


@dataclass(frozen=True, slots=True)
class Family:
    """`question` and `passage` are written before the text. `english`: trained on English, so weak on German."""

    question: str = ""
    passage: str = ""
    english: bool = False


# The first pattern found anywhere in the name (lower case) counts.
FAMILIES: tuple[tuple[str, Family], ...] = (
    (r"arctic-embed2|arctic-embed-[ml]-v2", Family("query: ")),
    (r"arctic-embed", Family(SENTENCE, english=True)),
    (r"nomic-embed-text-v2", Family("search_query: ", "search_document: ")),
    (r"nomic-embed", Family("search_query: ", "search_document: ", english=True)),
    (r"embedding-?gemma", Family("task: search result | query: ", "title: none | text: ")),
    (r"e5-mistral|e5-\w+-instruct|qwen3-embed", Family(INSTRUCT)),
    (r"multilingual-e5|m-?e5", Family("query: ", "passage: ")),
    (r"\be5-", Family("query: ", "passage: ", english=True)),
    (r"mxbai-embed", Family(SENTENCE, english=True)),
    (r"bge-\w+-en", Family(SENTENCE, english=True)),
    (r"paraphrase-multilingual|multilingual-minilm", Family()),
    (r"minilm", Family(english=True)),
)


def family(model: str) -> Family:
    """What is known of a model by its name on the server ("hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0")."""
    name = model.lower()
    return next((known for pattern, known in FAMILIES if re.search(pattern, name)), Family())


def note(model: str) -> str:
    """A warning about a model that is weak on German; "" for others."""
    if not family(model).english:
        return ""
    return f"Das Einbettungsmodell „{model}“ versteht vor allem Englisch und hilft bei deutschen Texten selten. {BETTER}"
