"""A question in, what it asks for out: a deadline, an amount, a definition, a person, a yes or no, a procedure."""

import re
from typing import Literal

from nova.language.fold import fold, words

QuestionType = Literal["deadline", "amount", "definition", "who", "whether", "how", "other"]

_TIME = (
    r"zeit|frist|fristen|tage|tagen|woche|wochen|monat|monate|monaten|jahr|jahre|jahren|stunden|vorlauf|stichtag|termin|zeitpunkt|uhr|"
    r"datum|vorlaufzeit"
)
_DEADLINE = re.compile(
    rf"\b(?:wann|wie (?:lange|schnell|bald|oft|zeitnah|haeufig|frueh|spaet)|bis wann|ab wann|seit wann|wie weit zurueck|"
    rf"\w*(?:{_TIME})frist|welche\w* (?:\w+ )?(?:frist|{_TIME})|"
    rf"(?:wieviel|wieviele|wie viel|wie viele) (?:{_TIME})|bis (?:zu )?(?:welche\w*|wieviel) (?:{_TIME})|\w*fristen?\b|turnus|wie alt)\b"
)
_AMOUNT = re.compile(
    r"\b(?:wie ?viele?|wie (?:hoch|gross|teuer|weit|stark|schwer|breit|tief)|hoehe|was (?:kostet|kosten|zahlt|zahlen)|wie ?oft|prozent|"
    r"prozentsatz|anteil|ab welche\w*|"
    r"welche\w* (?:\w+ )?(?:hoehe|betrag|wert|leistung|grenze|schwelle|obergrenze|satz|anteil|preis|steuersatz|mindest\w*|hoechst\w*)|"
    r"\w*(?:grenzwert|schwelle|schwellenwert|obergrenze|untergrenze|preisdeckel|steuersatz|bussgeldhoehe|betrag)\b)\b"
)
_DEFINITION = re.compile(
    r"\b(?:was (?:ist|sind|bedeutet|heisst|meint|versteht|gilt als|genau ist|zaehlt (?:\w+ )?als)|was versteht|definition|"
    r"wie (?:ist|wird|sind) .{2,60}(?:definiert|bestimmt)|"
    r"begriff|bedeutung|definiert|unter .{2,40} zu verstehen|wer (?:ist|sind|gilt)|wann gilt .{2,60} als)\b"
)
_WHO = re.compile(r"\b(?:wer|wem|wen|wessen|welche (?:behoerde|stelle|person)|wofuer ist .{2,40} zustaendig|an wen|bei wem|von wem)\b")
_HOW = re.compile(
    r"\b(?:wie|was (?:muss|muessen|soll|sollte|passiert|tun|brauche|brauchen|gehoert)|"
    r"welche (?:schritte|angaben|unterlagen|nachweise|voraussetzungen)|welcher weg|wonach|womit)\b"
)
_WHETHER = re.compile(
    r"(?:^|[.?!:;,–-] *)(?:und |aber |oder |also |denn )?(?:darf|duerfen|kann|koennen|muss|muessen|ist|sind|hat|haben|gilt|gelten|wird|"
    r"werden|gibt es|soll|sollen|braucht|brauchen|bekommt|bekommen|"
    r"zaehlt|zaehlen|reicht|kostet|steht|faellt|bleibt|besteht|genuegt|lohnt|stimmt|geht|zahlt|ob)\b"
)

_CASE = (  # what is asked of a case of somebody's, no term: "Was ist, wenn ...", "Wer ist für ... zuständig?"
    r"(?!(?:wenn|falls|sobald|ob|ich|wir|mein\w*|unser\w*|zustaendig|verantwortlich|verpflichtet|berechtigt|haftbar|erlaubt|verboten|zu)\b)"
)
_ONLY_A_TERM = re.compile(
    r"(?:und )?(?:(?:was|wer) (?:genau |eigentlich )?(?:ist|sind|bedeutet|bedeuten|heisst|meint)(?: mit)?(?: (?:denn|eigentlich|genau))?"
    r"|was (?:versteht|verstehen) .{2,40} unter|was ist .{0,20}unter|(?:definition|begriff|bedeutung)(?: von| des| der)?)"
    rf"(?: (?:ein\w{{0,2}}|der|die|das|dem|den))?(?: {_CASE}\w+){{1,4}}"
)


def asks_a_term(text: str) -> bool:
    """Whether a question asks for nothing but what a term means ("Was ist ein Schnellladepunkt?")."""
    return bool(_ONLY_A_TERM.fullmatch(" ".join(words(text))))


def question_type(text: str) -> QuestionType:
    """What a question asks for; the first that fits of deadline, amount, definition, who, whether, how, other."""
    plain = " ".join(words(text))
    marked = re.sub(r"\s+", " ", fold(text))
    if _DEADLINE.search(plain):
        return "deadline"
    if _AMOUNT.search(plain):
        return "amount"
    if _DEFINITION.search(plain) and not re.search(r"\bwer (?:ist|sind) .*(?:zustaendig|verpflichtet|verantwortlich)", plain):
        return "definition"
    if _WHO.search(plain):
        return "who"
    if _WHETHER.search(marked):
        return "whether"
    return "how" if _HOW.search(plain) else "other"
