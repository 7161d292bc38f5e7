"""An answer in, whether it refuses to answer out: it says that nothing is known, and says nothing all the same."""

import re

from nova.language.fold import fold

_NO = r"(?:nicht|nichts|keine?[nmrs]?|keinerlei|kaum etwas)"
_INFO = (
    r"\w*(?:angabe|information|auskunft|auskuenfte|antwort|daten|aussage|unterlage|dokument|hinweis|beleg|fundstelle|quelle|passage"
    r"|kenntnis|regelung|wert)\w*"
)
_SOURCES = r"(?:unterlagen|dokument\w*|quellen?|fundstellen?|passagen?|materialien|wissensbasis|kontext|texten?)"
_TELL = (
    r"(?:beantwort|antwort|sagen|auskunft|angeben|nennen|mitteil|entnehm|beurteil|finden|wissen|aussage|helfen|vorhersag|bestaetig"
    r"|treffen)\w*"
)
_THERE = r"(?:dazu|hierzu|darueber|hierueber|davon|darauf|zu (?:dieser|ihrer|der) frage|zu diesem thema|diesbezueglich)"
_REFUSING = re.compile(
    "|".join(
        (
            rf"\b(?:mir|uns)\b.*\b{_NO}\b.*\b(?:vor|bekannt|zur verfuegung|moeglich|vorliegend)\b",
            rf"\b{_NO}\b.*\b(?:mir|uns)\b.*\b(?:vor|bekannt)\b|\bfehl(?:t|en) (?:mir|uns)\b|\b(?:mir|uns) fehl(?:t|en)\b",
            rf"\b(?:kann|koennen|konnte|vermag|darf|moechte)\b (?:\w+ )*?(?:ich|wir|luna)\b.*\b{_NO}\b.*\b{_TELL}",
            rf"\b(?:ich|wir|luna) (?:kann|koennen|konnte|vermag|darf)\b.*\b{_NO}\b.*\b{_TELL}",
            rf"\b(?:habe|finde|haben|fand) (?:ich|wir)\b.*\b{_NO}\b",
            rf"\b(?:ich|wir) (?:habe|finde|haben|fand)\b.*\b{_NO}\b.*(?:{_INFO}|gefunden|$)",
            r"\b(?:weiss|wissen) (?:ich|wir)\b.*\bnicht\b|\b(?:ich|wir) (?:weiss|wissen)\b.*\bnicht\b",
            rf"\b{_SOURCES}\b.*\b(?:{_NO}|fehlt|fehlen|offen)\b|\b(?:{_NO}|fehlt|fehlen)\b.*\b{_SOURCES}\b",
            rf"\b{_THERE}\b.*\b(?:steht|liegt|liegen|gibt|findet|finden|existier\w+|enthalten|vorhanden|fehlen|fehlt)\b.*\b(?:{_NO}|unterlagen)\b",
            rf"\b{_THERE}\b.*\b{_NO}\b.*(?:{_INFO}|\bvor\b|bekannt|vermutung)|\b{_THERE}\b.*\bnichts\b",
            rf"\b{_NO} {_INFO} {_THERE}\b|^{_NO} {_INFO}$|\b{_NO} {_INFO} .*\bvor(?:handen)?\b$",
            r"\bfrage\b.*\bnicht\b.*\bbeantwort\w*|\bnicht (?:\w+ )?beantwort(?:bar|et werden|en)\b|\bkeine antwort (?:\w+ )*moeglich\b",
            rf"\b{_NO} (?:\w+ )?{_INFO} (?:\w+ )?(?:moeglich|vorhanden|verfuegbar|gefunden|bekannt)\b",
            r"\buebersteigt (?:mein|unser)|\bausserhalb (?:meine|unsere)s|\bdafuer bin ich nicht\b",
            r"\bi (?:do not|don't|cannot|can't)\b|^k\. ?a$",
            rf"\bdas (?:ist|laesst sich|kann|steht|geht|wurde)\b.*\bnicht (?:\w+ ){{0,2}}"
            rf"(?:bekannt|ableiten|ersichtlich|{_TELL})(?: werden)?$",
            r"^(?:unbekannt|nicht bekannt|nicht ersichtlich|das ist unbekannt)$",
        )
    )
)
_CONDITION = re.compile(
    r"^(?:wenn|falls|sofern|sobald|solange|ist|sind|liegt|liegen|kann (?!ich|wir)|fehlt|fehlen|ohne)\b(?!.*\bantwort moeglich)"
)
_DUTY = re.compile(rf"\b(?:darf|duerfen|muss|muessen|brauch\w+|soll\w*) (?!ich\b|wir\b)(?:\w+ )*{_NO}\b|^nein\b|^ja\b")
_PARTS = re.compile(r"[.!?;](?=\s|$)|\n")
_MOST_WORDS = 70


def sounds_refusing(answer: str) -> bool:
    """Whether a short answer says of itself that it is none ("Dazu steht nichts in Ihren Unterlagen.")."""
    plain = fold(answer)
    if len(plain.split()) > _MOST_WORDS:
        return False
    return any(_refuses(" ".join(part.split()).strip(" ,:-")) for part in _PARTS.split(plain))


def _refuses(sentence: str) -> bool:
    """Whether one folded sentence does; what holds on a condition, and what somebody need not do, is an answer."""
    return bool(_REFUSING.search(sentence)) and not _CONDITION.search(sentence) and not _DUTY.search(sentence)
