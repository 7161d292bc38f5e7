"""A question in, the units its answer should be measured in out ("Wie viel Cent ..." wants cents, "wie viele Wochen" weeks)."""

import re
from functools import lru_cache

MONEY = frozenset({"euro", "cent"})
TIME = frozenset({"tag", "woche", "monat", "jahr", "stunde", "minute", "werktag", "arbeitstag", "kalendertag", "quartal"})
POWER = frozenset({"kilowatt", "megawatt", "gigawatt", "watt"})
WORK = frozenset({"kilowattstunde", "megawattstunde", "gigawattstunde", "terawattstunde"})
LENGTH = frozenset({"meter", "kilometer"})
SHARE = frozenset({"prozent", "prozentpunkt"})

_DUES = (
    r"\w*(?:steuer|umlage|vergütung|entgelte?|gebühr(?:en)?|kosten|sicherheit|zuschlag|zuschuss|zuschläge|bußgeld|geldbuße|abgabe|preis|satz"
    r"|entlastung|entschädigung|erstattung)"
)

_ASKS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), units)
    for pattern, units in (
        (r"\bwie ?viele? (?:\w+ )?(?:euro|cent|geld)\b", MONEY),
        (r"\b(?:was|wie ?viel) (?:\w+ ){0,3}(?:kostet|kosten|zahl\w+|berechnen|bezahl\w+)\b", MONEY),
        (r"\b(?:was|wie ?viel) (?:darf|dürfen|muss|müssen|kann|können) (?:\w+ ){1,12}(?:zahlen|berechnen|verlangen|nehmen)\b", MONEY),
        (r"\bwie ?viel (?:\w+ ){0,4}(?:kriegt|bekommt|gibt es|erhält|erstattet)\b|\bpreis(?:deckel|obergrenze)?\b", MONEY),
        (rf"\bwie (?:hoch|teuer) (?:\w+ ){{0,4}}{_DUES}\b|\bwie ?viel {_DUES}\b|\bwelche[nrs]? {_DUES}\b", MONEY),
        (r"\bwie (?:hoch|viel) (?:\w+ ){0,8}bieten\b", MONEY),
        (r"\b(?:prozent\w*|anteil|quote)\b|\bwie (?:\w+ ){0,3}aufgeteilt\b|\bteilen sich\b", SHARE),
        (r"\bwie ?viele? (?:\w+ )?stunden\b|\bstunden\b.*\bwie ?viele?\b", frozenset({"stunde"})),
        (r"\bwie ?viele? (?:\w+ )?(?:tage|werktage)\b", frozenset({"tag", "werktag", "arbeitstag", "kalendertag"})),
        (r"\bwie ?viele? (?:\w+ )?wochen\b", frozenset({"woche"})),
        (r"\bwie ?viele? (?:\w+ )?monate\b", frozenset({"monat"})),
        (r"\bwie ?viele? (?:\w+ )?jahre\b", frozenset({"jahr"})),
        (r"\b(?:verbrauch|jahresverbrauch|strommenge|menge)\b|\bwie ?viele? (?:\w+ )?(?:kwh|kilowattstunden)\b", WORK),
        (r"\b(?:leistung|anlagengröße)\b|\bwie ?viele? (?:\w+ )?(?:kw|kilowatt)\b|\bbis zu welcher größe\b", POWER | WORK),
        (r"\bwie (?:weit|breit|tief|nah)\b|\b(?:abstand|entfernung|umkreis|radius)\b|\bwie ?viele? (?:km|kilometer|meter)\b", LENGTH),
        (r"\b(?:bis|ab|seit) wann\b|\bwie (?:lange?|schnell|oft)\b|\b(?:bis zu|an) welchem (?:tag|datum|termin|zeitpunkt)\b", TIME),
        (r"\bwelche[rnm]? \w*(?:frist|vorlauf\w*|dauer)\b|\bin welchen (?:zeit)?abständen\b", TIME),
        (r"\w*frequenz\w*", frozenset({"hertz"})),
        (r"\bquadratmeter\b|\bm²|\bwie groß (?:\w+ ){0,3}\w*fläche\b", frozenset({"quadratmeter"})),
    )
)


@lru_cache(maxsize=1024)
def wanted_units(question: str) -> frozenset[str]:
    """The units asked for; empty when any will do."""
    found: frozenset[str] = frozenset()
    for pattern, units in _ASKS:
        if pattern.search(question):
            found |= units
    return found
