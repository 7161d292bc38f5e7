"""Whether a text is English rather than German, and whether it is German at all."""

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
_MORE_GERMAN = re.compile(
    r"\b(?:laut|ihr\w{0,2}|sofern|wenn|ab|bis|nach|als|sich|wird|werden|innerhalb|hoechstens|mindestens|ueber|unter|gilt|gelten|betraegt|sowie|je|wir|uns|dazu)\b"
)
_OTHER = re.compile(
    r"\b(?:le|la|les|une?|est|sont|vous|pour|dans|avec|pas|que|du|et|el|los|las|por|para|una|como|con|del|il|di|che|non|per|della|sono|het|een|niet|van|"
    r"voor|zijn|dat|de|en|te|ve|bir|icin|bu|ile|jest|czy|przez|oraz|do|nie|na|se|za)\b"
)
_LONG = 8


def is_english(text: str) -> bool:
    """Whether more of its small words are English than German; a text without either is German."""
    folded = fold(text)
    english, german = len(_ENGLISH.findall(folded)), len(_GERMAN.findall(folded))
    return english > german


def is_german(text: str) -> bool:
    """Whether a text is German: not English, and where it has eight words or more, more small ones are German than another's."""
    if is_english(text):
        return False
    folded = fold(text)
    german, other = len(_GERMAN.findall(folded)) + len(_MORE_GERMAN.findall(folded)), len(_OTHER.findall(folded))
    return len(re.findall(r"[^\W\d_]{2,}", folded)) < _LONG or german > other
