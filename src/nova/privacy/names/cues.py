"""The words that lead to a person's name."""

import re

from nova.privacy.lexicon import words

SALUTATIONS = words("names/salutations")
NOBLE = words("names/noble")
JOINED = words("names/joined")
SPEAKERS = words("names/speakers")
SAYS = re.compile(
    r"\b(?:mein name(?! (?:ist|lautet|war|wäre)\b)(?= )|name[n]?(?: ist| lautet| war| wäre|:)|(?:vor|nach|zu|geburts|familien|"
    r"mädchen|kunden)name[n]?:?(?: ist|"
    r" lautet)?|"
    r"(?:ich|wir|er|sie) hei(?:ß|ss)(?:e|en|t)?(?= )|(?<!das )(?<!was )(?<!wie )hei(?:ß|ss)e|namens|hier (?:ist|is|spricht|"
    r"schreibt)|hier(?= [^\W\d_]+[,.])|"
    r"(?:ich|wir) (?:bin|sind)(?:'s| es)?(?: (?:der|die|das))?|geborene[rn]?|geb\.|gez\.?|gezeichnet:?|unterzeichnet:?|"
    r"unterschrieben von|z\. ?hd\.?(?: von)?|"
    r"c/o|i\. ?[av]\.|i[av]\b|p\.p\.|ppa\.?|vertreten durch|ausgestellt auf|ausgestellt für|lautend auf|läuft auf|"
    r"vollmacht (?:für|von)|"
    r"ich bin'?s|ich bin es|ich(?=, )|bevollmächtig(?:e|t|en|te)(?: ich)?|zu händen(?: von)?|kontoinhaber(?:in)?:?|"
    r"ansprechpartner(?:in)?:?|spreche ich mit|"
    r"sprach mit|gespräch mit|"
    r"rückruf (?:an|bei|von)|telefonat mit|anruf (?:von|durch)|mail von|schreiben von|brief von|beschwerde von|"
    r"nachricht von|vermerk(?: von)?:|"
    r"auf (?:den )?namen?|nachlass(?: von)?|nach (?:dem )?tod von|grüße? an|der name(?! (?:ist|"
    r"lautet|war|wäre|wird|heißt)\b)|nenn(?:en|t) mich|"
    r"rufname|spitzname|(?:first|last|full|sur|given|family|vor|nach|kunden)[_-]?name\"?[=:] ?\"?|"
    r"umschreiben auf|umzuschreiben auf|überschreiben auf|übertragen auf|es grüßt|grüßt|gemeldet auf)[ \n]{0,2}",
    re.IGNORECASE,
)
LOOSE = re.compile(
    r"ich bin'?s|ich bin es|ich$|(?:ich|wir) (?:bin|sind)|läuft auf|auf (?:den )?namen?|heißt|heisst|hier|geb\.|i\. ?[av]\.|i[av]\b|"
    r"von$|an$|bei$|durch$|vermerk",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:\b(?:nach|vor|familien)?namen?\b|\bhei(?:ß|ss)en sie\b|\bwer spricht\b|\bmit wem\b|\bwer sind sie\b|"
    r"spreche ich mit)[^\n]{0,80}\n[^\W\d_]{3,14}(?: \d)?: ?"
    r"(?:(?:ja|nein|also|hallo|gerne|guten tag|moment|äh|ähm|hier|das ist|mein name ist|der name ist|auf|mit|mein|meinen mann|"
    r"meine frau|den|herrn?|frau)[ ,.:]{1,3}){0,4}",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:gr(?:ü|ue)(?:ß|ss)(?:e|en)?|gru(?:ß|ss)|mfg|\blg|\bvg|\bbg|\bglg|hochachtungsvoll|vielen dank|danke(?:schön)?|dank im voraus|"
    r"(?<=\n)ihre?|(?<=\n)eu(?:er|re)|bis dann|servus|tschüss)"
    r"(?: (?:im voraus|und|sendet|senden|aus (?:dem |der |den )?+[^\W\d_]{2,24}+|ihr(?:e)?|eu(?:er|re)|von|vom|"
    r"auch))*[ ,.!:\n-]{1,4}(?:(?:ihr(?:e)?|"
    r"eu(?:er|re)|der|die|von|familie|fam\.?)[ \n])?",
    re.IGNORECASE,
)
GREETING = re.compile(r"(?:hallo|hi|hey|moin|liebe[rs]?|servus|guten (?:tag|morgen|abend)|werte[rs]?)[ ,]{1,2}", re.IGNORECASE)
