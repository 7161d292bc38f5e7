"""An answer in, whether it refuses to answer out: it says that nothing is known, and says nothing all the same."""

import re

from nova.language.fold import fold

_THING = (
    r"(?:angabe|information|auskunft|auskuenfte|antwort|daten|aussage|unterlage|dokument|quelle|hinweis|grundlage|wert|beleg|fundstelle"
    r"|regelung)\w*"
)
_REFUSING = re.compile(
    "|".join(
        (
            rf"\b(?:keine?|keinerlei|nicht genuegend|zu wenige?) (?:\w+ ){{0,3}}\w*{_THING}",
            r"\bdazu (?:steht|finde|findet|liegt|habe|kann|weiss|gibt|ist)\b.{0,80}\b(?:nicht|nichts|keine?)\b",
            r"\b(?:hier|da|hier)(?:zu|rueber|von)? .{0,40}\bnichts?\b.{0,40}\b(?:bekannt|vor|enthalten|unterlagen|dokument\w*)",
            r"\b(?:kann|koennen|konnte|darf|moechte|vermag)\b.{0,80}\b(?:nicht|leider nicht|nichts|keine?\w*)\b.{0,60}"
            r"\b(?:beantwort|sagen|sage|auskunft|angeben|nennen|mitteil|entnehm|beurteil|finden|wissen|machen|geben|helfen|vorhersag|bestaetig)\w*",
            r"\b(?:laesst|lassen) sich\b.{0,100}\bnicht\b.{0,40}\b(?:beantwort|entnehm|ableit|sag|beurteil|feststell|bestimm|herleit)\w*",
            r"\bnicht (?:\w+ ){0,3}(?:beantwort(?:et|en|bar)|bekannt|enthalten|hinterlegt|ersichtlich|zu entnehmen|erwaehnt|belegt|"
            r"auffindbar|ermittelbar|vorhanden|abgedeckt)\b",
            r"\bist (?:\w+ ){0,6}(?:aus|in) (?:\w+ ){1,4}nicht (?:zu )?\w+",
            r"\b(?:weiss|wissen) (?:ich|wir)\b.{0,40}\bnicht\b|\b(?:ich|wir) (?:weiss|wissen)\b.{0,30}\bnicht\b",
            r"\b(?:sagen|nennen|enthalten|enthaelt|beantworten|geben) (?:\w+ ){0,4}(?:nichts|nicht|keine\w*)\b.{0,30}"
            r"(?:dazu|darueber|hierzu|her|auskunft|$)",
            r"\b(?:liegt|liegen) (?:\w+ ){0,4}(?:nicht|nichts|keine\w*)\b.{0,40}\bvor\b",
            r"\bunbekannt\b|\bfehlen mir\b|\bmir fehlen\b|\bausserhalb meines\b|\bi (?:do not|don't) know\b|\bk\. ?a\.",
        )
    )
)
_MOST_WORDS = 70


def sounds_refusing(answer: str) -> bool:
    """Whether a short answer says of itself that it is none ("Dazu steht nichts in Ihren Unterlagen.")."""
    plain = " ".join(fold(answer).split())
    return bool(plain) and len(plain.split()) <= _MOST_WORDS and _REFUSING.search(plain) is not None
