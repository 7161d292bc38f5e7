"""Folded text in, IP addresses out: version 4 also with blanks or disguised dots, version 6 as the standard writes it."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address

from nova.privacy.recognise.groups import nearest, words_before
from nova.privacy.spans import Span

DOT = r"(?: ?\. ?| ?[\[(](?:\.|dot|punkt)[\])] ?| (?:punkt|dot) )"
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
FOUR = re.compile(rf"(?<![\w§])(?<!\d[.,])(?<!\w-)(?:{OCTET}{DOT}){{3}}{OCTET}(?![^\W_]|\.\d)", re.IGNORECASE)
SIX = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:.]{0,34}[0-9a-f](?![\w:])", re.IGNORECASE)
CUES = re.compile(
    r"(?P<no>version|firmware|\bfw\b|\bsw\b|release|stand\b|\bv\b|build|software|kapitel|abschnitt|ziffer|update|handbuch|java|openssl|"
    r"treiber|patch|revision|\brev\b|\bnorm\b|bios|kernel)|(?P<ip>adresse|\bi\.? ?p\b|\bvon\b|host|server|rout)"
)
END = r"(?: ?(?:nr|no|v|ver|version)\.?)?[ :=(#.\"'v]{0,4}\Z"
PROGRAM = re.compile(
    r"(?:version|ver|firmware|fw|sw|release|build|software|hardware|browser|chrome|firefox|safari|edge|opera|app|ios|android|windows|linux|"
    r"plugin|java|openssl|treiber|driver|patch|hotfix|revision|rev|bios|kernel|os|api|sdk|lib|library|schema|template|image|container|"
    r"changelog|rollback|baseline|stand|rollout|stable|python|node|php|postgres|mysql|format|version_|kanal|stack)" + END
)
THING = re.compile(
    r"(?:kapitel|abschnitt|ziffer|absatz|punkt|nummer|nr|fehler|error|code|modul|werk|norm|regel|paket|anlage|anhang|tabelle|bild|schritt|"
    r"position|pos|tarif|raum|konzept|messwert|obis|mig|ahb|seite|inverter|los|charge|bauteil|produkt|typ|modell)" + END
)
NET = re.compile(
    r"(?<![^\W_])(?:i ?p|ipv4|dns|gateways?|lan|wlan|vpn|ping\w*|host\w*|server\w*|router\w*|proxy\w*|subnetz?|port|"
    r"login\w*|zugriff\w*|netzwerk\w*|"
    r"adresse|anmeldung|angemeldet|erreichbar|http|https|ssh|modbus|speicher|wechselrichter|"
    r"kamera|logger|fritz\w*|"
    r"client|wallbox|switch|src|dst|"
    r"addr|remote|peer|forwarded|get|post|403|404|200|offline|online|antwort\w*|dhcp|ntp|firewall|hutschiene|smgw|log\w*|portal\w*)(?![^\W_])"
)
VERSIONED = re.compile(
    r"firmware|(?<![^\W_])(?:fw|sw|v)(?![^\W_])|version|build|release|rollback|update|openssl|java\b|handbuch|software", re.IGNORECASE
)
NETTED = re.compile(r"/(?:[89]|[12]\d|3[0-2])(?!\d)|:\d{2,5}(?!\d)")
PRIVATE = re.compile(r"192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.")
FIGURES = re.compile(r"\d+")
FEWEST_GROUPS, HIGH, AROUND = 2, 100, 96


def ips(text: str) -> Iterator[Span]:
    """Every IP address; the number of a version, a chapter or an error is none."""
    for match in FOUR.finditer(text):
        if _address(text, match):
            yield Span(match.start(), match.end(), "ip")
    for match in SIX.finditer(text):
        if _six(match.group()):
            yield Span(match.start(), match.end(), "ip")


def _address(text: str, match: re.Match[str]) -> bool:
    """Whether four numbers are an address, by the word right before, the nearest cue, their size and the words around."""
    before, value = words_before(text, match.start()), match.group()
    high = sum(int(one) >= HIGH for one in FIGURES.findall(value))
    private = PRIVATE.match(value) is not None
    if NETTED.match(text, match.end()):
        return True
    if PROGRAM.search(before) or (THING.search(before) and not private and high < FEWEST_GROUPS):
        return False
    cue = nearest(CUES, before)
    if cue or private:
        return cue != "no"
    around = text[max(0, match.start() - AROUND) : match.end() + AROUND].lower()
    return _among_hosts(around, before, value, high)


def _among_hosts(around: str, before: str, value: str, high: int) -> bool:
    """Whether the words around, or `high` numbers of a hundred and more, make an address of four numbers that nothing names."""
    if value.startswith("10."):
        return NET.search(around) is not None or not before[-2:-1].isalpha()
    if high < FEWEST_GROUPS and VERSIONED.search(around):
        return False
    return high > 0 or NET.search(around) is not None


def _six(value: str) -> bool:
    """Whether this is an address and no time of day."""
    try:
        IPv6Address(value)
    except AddressValueError:
        return False
    return sum(1 for group in value.split(":") if group) >= FEWEST_GROUPS
