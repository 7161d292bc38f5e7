"""A short question that goes on in, whether a rule tells what it asks of the subject out: how long, how much, in which form."""

import re
from collections.abc import Sequence
from functools import lru_cache

from nova.answers.rules.book import Rule
from nova.language.fold import fold

WORTH = 0.14  # what a rule gains that tells what is asked
LONGEST = 70  # letters of a question that is read so
# What is asked, and what rules that tell it speak of (in their title and the words of the law).
_ASPECTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\b(?:wie (?:lang\w*|schnell)|(?:ab|bis|seit) wann|wann|frist\w*|dauer\w*|zeit|how long|when|until when)\b"),
        re.compile(r"\b(?:\w*frist\w*|tage?n?|werktag\w*|wochen?|monate?n?|jahre?n?|dauer\w*|unverzueglich|spaetestens)\b"),
    ),
    (
        re.compile(r"\b(?:wie ?viel\w*|wie hoch|was kostet\w*|kostet|kosten|betrag\w*|euro|prozent|teuer|"
                   r"bezahl\w*|zahl\w*|gebuehr\w*|how much|cost\w*)\b"),
        re.compile(r"\b(?:euro|cent|prozent|vom hundert|\w*entgelt\w*|\w*kosten\w*|kostenlos|"
                   r"unentgeltlich|\w*gebuehr\w*|pauschal\w*|hoechstens \d)\b|%"),
    ),
    (
        re.compile(r"\b(?:schriftlich|textform|mail|e-mail|papier|anruf\w*|muendlich|telefon\w*|fax|unterschr\w*|formular|form|writing)\b"),
        re.compile(r"\b(?:textform|schriftform|schriftlich\w*|papier\w*|elektronisch\w*|eigenhaendig)\b"),
    ),
    (
        re.compile(r"\b(?:wehren|dagegen|ablehn\w*|verweiger\w*|widersprech\w*|weiger\w*|verhindern|stoppen|refuse)\b"),
        re.compile(r"\b(?:verhinder\w*|ablehn\w*|verweiger\w*|widersp\w*|einwend\w*|einwaende|dulden|abwend\w*)\b"),
    ),
    (
        re.compile(r"\b(?:strafe|bussgeld|passiert (?:dem|mir|dann)|droht|was passiert|konsequenz\w*|fine)\b"),
        re.compile(r"\b(?:geldbusse|bussgeld\w*|ordnungswidrig\w*|vertragsstrafe\w*|unterbrech\w*|fristlos\w*|sperr\w*)\b"),
    ),
)  # fmt: skip


def told(text: str, rule: Rule) -> float:
    """What a rule gains for telling what a short question asks; 0 where it does not, or nothing of the kind is asked."""
    asked = aspects(text)
    if not asked or len(text) > LONGEST:
        return 0.0
    return WORTH if tells(asked, f"{rule.title} {' '.join(place.quote for place in rule.places)}") else 0.0


@lru_cache(maxsize=1024)
def aspects(text: str) -> tuple[re.Pattern[str], ...]:
    """What a question asks of its subject, each as the words that tell it."""
    folded = fold(text)
    return tuple(tells for asks, tells in _ASPECTS if asks.search(folded))


def tells(asked: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether a text tells one of the aspects that are asked."""
    folded = fold(text)
    return any(one.search(folded) for one in asked)
