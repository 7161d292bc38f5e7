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


def own(text: str) -> Iterator[tuple[int, int]]:
    """Where the supplier's own data stands."""
    for pattern in (SERVICE_NUMBER, MAILBOX, NO_REPLY):
        for match in pattern.finditer(text):
            yield match.span()
    for match in PAID_INTO.finditer(text):
        yield match.span("value")
