"""Folded text in, what belongs to the supplier itself out: service numbers, mailboxes, accounts. They are no personal data.

What else is the supplier's own (a hotline, a creditor's account) stands in the master data with the column `eigen`.
"""

import re
from collections.abc import Iterator

SERVICE_NUMBER = re.compile(r"(?<![\w+])(?<!\d )(?:\+49 ?|0049 ?|0)(?:800|180[1-7]?|137|900)(?:[ /.-]{0,2}\d){5,9}(?!\w)")
MAILBOX = re.compile(
    r"(?<![\w.+-])(?:service|info|kontakt|kundenservice|kundencenter|kundenbetreuung|support|hilfe|noreply|no-reply|nicht-antworten|"
    r"datenschutz|abrechnung|"
    r"rechnung|zaehlerstand|störung|stoerung|netz|vertrieb|presse|post|mail|office)@"
    r"[a-z0-9äöü.-]{0,40}(?:stadtwerk|gemeindewerk|kreiswerk|energie|energy|versorg|netze?[.-]|strom|gaswerk|"
    r"wasserwerk)[a-z0-9äöü.-]{0,40}\.[a-z]{2,10}",
    re.IGNORECASE,
)
NO_REPLY = re.compile(r"(?<![\w.+-])(?:noreply|no-reply|donotreply|nicht-antworten)@[a-z0-9äöü.-]{1,60}", re.IGNORECASE)
PAID_INTO = re.compile(
    r"(?:\b(?:auf|an) (?:ihr|ihrem|euer|eurem) (?:konto|firmenkonto|geschäftskonto|bankkonto|sammelkonto|iban)|"
    r"\bihre (?:gläubiger-?id|gläubiger-identifikationsnummer)|\bgläubiger-?id\w*)"
    r"[ :,(]{1,3}(?:[^\W\d]{1,12} ){0,2}(?P<value>[A-Z]{2} ?\d{2}(?: ?[0-9A-Z]){11,30})(?![0-9A-Z])",
    re.IGNORECASE,
)
NUMBER = r"(?:\+49|0)(?! ?(?:\(0\))? ?1[567])[\d ()/.-]{5,18}\d(?!\w)"
OFFICE = (
    r"(?:(?:service|kunden|störungs?|entstörungs?|notfall|info)?-?hotline|zentrale|leitstelle|netzleitstelle|(?:störungs|entstörungs|bereitschafts|"
    r"not)(?:dienst|stelle|annahme|nummer|telefon|hotline)e?|kunden(?:service|center|telefon)|servicetelefon|servicenummer|"
    r"service-?center|call-?center)"
)
OFFICE_BEFORE = re.compile(
    rf"(?<![^\W_]){OFFICE}(?![^\W_])[^\w\n+]{{0,4}}(?:(?:ist|lautet|unter|erreichbar|erreichen|sie|die|der|den|nummer|nr|telefon|tel|neu|neue|"
    rf"wie folgt|rund um die uhr)(?![^\W_])[^\w\n+]{{0,4}}){{0,5}}(?P<value>{NUMBER})",
    re.IGNORECASE,
)
OFFICE_BEHIND = re.compile(
    rf"(?<![\w+])(?P<value>{NUMBER})(?: ?\(|,? (?:das |dies )?(?:ist|war|sei) (?:doch |ja |also )?|, )"
    rf"(?:unsere?|eure?|ihre?|die|der|deren)r? "
    rf"(?:neue |alte |zentrale )?{OFFICE}(?![^\W_])",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"(?<![^\W_])[^\W\d_]{0,20}(?:stadtwerk|gemeindewerk|kreiswerk|energie|netz|versorg|wasserwerk|gaswerk|werke)[^\W\d_]{0,20}"
    r"(?: [^\W\d_][\w.-]*){0,3} (?:GmbH|AG|KG|eG|mbH|AöR)(?![^\W_])",
    re.IGNORECASE,
)
IN_FOOTER = re.compile(rf"(?<![\w+])(?:(?P<iban>[A-Z]{{2}} ?\d{{2}}(?: ?[0-9A-Z]){{11,30}}(?![0-9A-Z]))|(?P<phone>{NUMBER}))")
NO_FOOTER = re.compile(
    r"(?<![^\W_])(?:mein\w*|ich|mich|mir|wir|uns|unser\w*|bitte|herrn?|frau|kund\w*|von|hallo|moin|rückruf|mobil|handy|privat)(?![^\W_])",
    re.IGNORECASE,
)
OWED = re.compile(
    r"(?:überweis|ueberweis|zahl)[^.!?\n]{0,60}(?:betrag|nachzahlung|forderung|rückstand|abschl[aä]g|saldo|rechnung|mahn|summe|offene)[^.!?\n]{0,60}"
    r"\bauf unser (?:[^\W\d]{2,14})?konto[^.!?\n]{0,40}?(?<![^\W_])(?P<value>[A-Z]{2} ?\d{2}(?: ?[0-9A-Z]){11,30})(?![0-9A-Z])|"
    r"(?:frag\w*|auskunft|anfrage)[^.!?\n]{0,30}\b(?:unserer?|eurer?|ihrer?) (?:bankverbindung|iban|kontonummer)[^.!?\n]{0,40}?(?<![^\W_])"
    r"(?P<told>[A-Z]{2} ?\d{2}(?: ?[0-9A-Z]){11,30})(?![0-9A-Z])",
    re.IGNORECASE,
)
FOOTER = 140


def own(text: str) -> Iterator[tuple[int, int]]:
    """Where the supplier's own data stands."""
    for pattern in (SERVICE_NUMBER, MAILBOX, NO_REPLY):
        for match in pattern.finditer(text):
            yield match.span()
    for pattern in (PAID_INTO, OFFICE_BEFORE, OFFICE_BEHIND):
        for match in pattern.finditer(text):
            yield match.span("value")
    for match in OWED.finditer(text):
        yield match.span("value" if match["value"] else "told")
    yield from _footers(text)


def _footers(text: str) -> Iterator[tuple[int, int]]:
    """Telephones and accounts behind the supplier's full name, as at the foot of its letters."""
    done = 0
    for company in COMPANY.finditer(text):
        begin = max(done, company.end())
        done = company.end() + FOOTER
        for match in IN_FOOTER.finditer(text, begin, min(len(text), done)):
            if NO_FOOTER.search(text, company.end(), match.start()):
                break
            yield match.span()
