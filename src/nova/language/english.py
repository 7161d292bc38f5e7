"""Whether a text is English rather than German."""

import re

from nova.language.fold import fold

_ENGLISH = re.compile(
    r"\b(?:the|what|how|when|why|who|where|which|did|does|do|is|are|was|were|my|your|you|we|it|this|that|and|for|of|to|can|much|many|about|have|has|"
    r"yesterday|tomorrow|today|electricity|thanks?|thank|hello|please|great|bye|cool|good|not|with|if|be|there|cheapest|price|meter|day|before|"
    r"last(?= (?:week|weekend|month|year|night|quarter|summer|winter|spring|autumn|"
    r"\w+day|\d+|few|two|three|\w+ (?:days|hours|weeks|months))))\b"
)  # "Last" alone is a German word of the trade
_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|und|wie|was|wann|wer|wo|ich|du|sie|mein\w*|ist|sind|hat|hab\w*|im|am|von|zu|fuer|gestern|heute|morgen|letzte\w*|nicht|ein\w*|"
    r"mit|bei|auf|vom|zum|beim|des|kann|muss|verbrauch\w*|strom\w*|danke|hallo|bitte|es|da|so|noch|mal|oder|aber)\b"
)


def is_english(text: str) -> bool:
    """Whether more of its small words are English than German; a text without either is German."""
    folded = fold(text)
    english, german = len(_ENGLISH.findall(folded)), len(_GERMAN.findall(folded))
    return english > german
