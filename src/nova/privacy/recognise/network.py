"""Folded text in, IP addresses out: version 4 also with blanks or disguised dots, version 6 as the standard writes it."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address

from nova.privacy.recognise.groups import nearest, words_before
from nova.privacy.spans import Span

DOT = r"(?: ?\. ?| ?[\[(](?:\.|dot|punkt)[\])] ?| (?:punkt|dot) )"
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
FOUR = re.compile(rf"(?<![\w§])(?<!\d[.,])(?:{OCTET}{DOT}){{3}}{OCTET}(?![^\W_]|\.\d)", re.IGNORECASE)
SIX = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:.]{0,34}[0-9a-f](?![\w:])", re.IGNORECASE)
CUES = re.compile(
    r"(?P<no>version|firmware|\bfw\b|\bsw\b|release|stand\b|\bv\b|build|software|kapitel|abschnitt|ziffer|update|handbuch|java|openssl|treiber|patch|revision|\brev\b|\bnorm\b|bios|kernel)|(?P<ip>adresse|\bip\b|\bvon\b|"
    r"host|server|rout)"
)
VERSIONED = re.compile(
    r"firmware|(?<![^\W_])(?:fw|sw|v)(?![^\W_])|version|build|release|rollback|update|openssl|java\b|handbuch|software", re.IGNORECASE
)
FEWEST_GROUPS, HIGH, AROUND = 2, 100, 96


def ips(text: str) -> Iterator[Span]:
    """Every IP address; the number of a version is none."""
    for match in FOUR.finditer(text):
        cue = nearest(CUES, words_before(text, match.start()))
        if cue == "ip" or (cue is None and not _version(text, match)):
            yield Span(match.start(), match.end(), "ip")
    for match in SIX.finditer(text):
        if _six(match.group()):
            yield Span(match.start(), match.end(), "ip")


def _version(text: str, match: re.Match[str]) -> bool:
    """Whether small numbers beside words about software are rather a version."""
    high = sum(int(one) >= HIGH for one in re.findall(r"\d+", match.group()))
    around = text[max(0, match.start() - AROUND) : match.end() + AROUND]
    return high < FEWEST_GROUPS and not match.group().startswith("10.") and bool(VERSIONED.search(around))


def _six(value: str) -> bool:
    """Whether this is an address and no time of day."""
    try:
        IPv6Address(value)
    except AddressValueError:
        return False
    return sum(1 for group in value.split(":") if group) >= FEWEST_GROUPS
