"""No input; out: the words that lead to a person's name, and those that show that a name is none."""

import re

SALUTATIONS = frozenset(
    {
        "herr",
        "herrn",
        "hr",
        "hrn",
        "frau",
        "fr",
        "fräulein",
        "familie",
        "familien",
        "fam",
        "eheleute",
        "eheleuten",
        "ehepaar",
        "mr",
        "mrs",
        "bürger",
    }
)
NOBLE = frozenset({"freiherr", "freifrau", "graf", "gräfin", "baron", "baronin", "prinz", "prinzessin"})
JOINED = frozenset(
    {
        "von",
        "van",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "le",
        "la",
        "ten",
        "ter",
        "zu",
        "al",
        "el",
        "ibn",
        "bin",
        "abu",
        "af",
        "op",
        "vom",
        "v",
        "d",
        "lo",
        "li",
        "dalla",
        "mac",
        "mc",
    }
)
SPEAKERS = frozenset(
    {
        "agent",
        "agentin",
        "berater",
        "beraterin",
        "kunde",
        "kundin",
        "anrufer",
        "anruferin",
        "mitarbeiter",
        "mitarbeiterin",
        "service",
        "hotline",
        "bot",
        "system",
        "nutzer",
        "user",
    }
)
SAYS = re.compile(
    r"(?:\bmein name(?! (?:ist|lautet|war|wäre)\b)(?= )|\bname[n]?(?: ist| lautet| war| wäre|:)|\b(?:vor|nach|zu|geburts|familien|"
    r"mädchen|kunden)name[n]?:?(?: ist|"
    r" lautet)?|"
    r"\b(?:ich|wir|er|sie) hei(?:ß|ss)(?:e|en|t)?(?= )|\b(?<!das )(?<!was )(?<!wie )hei(?:ß|ss)e|\bnamens|\bhier (?:ist|is|spricht|"
    r"schreibt)|\bhier(?= [^\W\d_]+[,.])|"
    r"\b(?:ich|wir) (?:bin|sind)(?:'s| es)?(?: (?:der|die|das))?|\bgeborene[rn]?|\bgeb\.|\bgez\.?|\bgezeichnet:?|\bunterzeichnet:?|"
    r"\bunterschrieben von|\bz\. ?hd\.?(?: von)?|"
    r"\bc/o|\bi\. ?[av]\.|\bi[av]\b|\bp\.p\.|\bppa\.?|\bvertreten durch|\bausgestellt auf|\bausgestellt für|\blautend auf|\bläuft auf|"
    r"\bvollmacht (?:für|von)|"
    r"\bich bin'?s|\bich bin es|\bich(?=, )|\bbevollmächtig(?:e|t|en|te)(?: ich)?|\bzu händen(?: von)?|\bkontoinhaber(?:in)?:?|"
    r"\bansprechpartner(?:in)?:?|\bspreche ich mit|"
    r"\bsprach mit|\bgespräch mit|"
    r"\brückruf (?:an|bei|von)|\btelefonat mit|\banruf (?:von|durch)|\bmail von|\bschreiben von|\bbrief von|\bbeschwerde von|"
    r"\bnachricht von|\bvermerk(?: von)?:|"
    r"\bauf (?:den )?namen?|\bnachlass(?: von)?|\bnach (?:dem )?tod von|\bgrüße? an|\bder name(?! (?:ist|"
    r"lautet|war|wäre|wird|heißt)\b)|nenn(?:en|t) mich|"
    r"\brufname|\bspitzname|\b(?:first|last|full|sur|given|family|vor|nach|kunden)[_-]?name\"?[=:] ?\"?|"
    r"\bumschreiben auf|\bumzuschreiben auf|\büberschreiben auf|\bübertragen auf|\bes grüßt|\bgrüßt|\bgemeldet auf)[ \n]{0,2}",
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
