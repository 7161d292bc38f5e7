"""A line and a possible name in, how much speaks against it out: companies, tariffs in quotes, pets, places, sayings, streets."""

import re

from nova.privacy import lexicon
from nova.privacy.lexicon import sayings, words
from nova.privacy.names.cues import SALUTATIONS
from nova.privacy.tokens import Line

QUOTES = '"„“”»«‚‘'
STREET = re.compile(
    r"(?:straße|strasse|str|weg|gasse|platz|allee|ring|damm|ufer|kamp|promenade|chaussee|markt|hof|stieg|steig|schule|gymnasium|"
    r"kirche|haus|stadion)\.?\Z",
    re.IGNORECASE,
)
PUBLIC = re.compile(r"(?:straße|strasse|str|weg|gasse|platz|allee|schule|gymnasium|kirche|stadion|promenade|chaussee)\Z")
ADDRESSED = re.compile(r"[\"'”“] ?<")
WAY = re.compile(r".(?:straße|strasse|weg|gasse|allee|platz)\Z")
HOUSE = re.compile(r"\.? ?\d{1,3} ?[a-z]?(?![\w.,]?\d)")
CELL_OPENS, CELL_CLOSES = re.compile(r"(?:\A|[\n,;|]) ?\Z"), re.compile(r" ?(?:[,;|]|\n|\Z)")
QUOTED, COMPANY, PET, PLACE, SAYING, ON_STREET, TOWN = 1.5, 2.0, 3.0, 1.5, 5.0, 3.0, 0.6
THINGS = re.compile(
    r".(?:studio|laden|haus|häuser|hotel|restaurant|praxis|café|cafe|bar|shop|center|markt|werk|betrieb|geschäft|schiff|boot|fähre|schule|heim|"
    r"klinik|verein|verlag|handel|service|technik|server|gerät|automat|roboter|modell|marke|tarif|projekt|park|kirche|kapelle|stift|"
    r"salon|dienst|dienste|büro|verwaltung|zentrum|gruppe|verband|bank|kasse|stelle|amt|gesellschaft|agentur|bund|stiftung|hilfe|pflege|werkstatt|kanzlei|apotheke|bäckerei|metzgerei|brauerei|gärtnerei|spedition|turm|brücke|grube|schacht|quelle|insel)\Z"
)
MONTHS = words("names/months")
DAY = re.compile(r"\d\.? ?\Z")
NEAR = 24


def against(line: Line, first: int, end: int) -> float:
    """The sum of what speaks against words `first` to `end` being a person's name."""
    start, stop = line.words[first].start, line.words[end - 1].end
    weight = 0.0
    if _quoted(line.text, start, stop):
        weight += QUOTED
    if _company(line, first, end):
        weight += COMPANY
    if end - first > 1 and line.lower(first) in words("not_before"):
        weight += PET
    if end - first > 1 and THINGS.search(line.lower(first)) and not line.words[first].given:
        weight += COMPANY
    if end - first == 1 and line.lower(first) in MONTHS and DAY.search(line.text, max(0, start - 4), start):
        weight += COMPANY
    if _spelt(line, first, end):
        weight += COMPANY
    if _pet(line, first):
        weight += PET
    elif (line.lower(first - 1) in words("not_before") or THINGS.search(line.lower(first - 1))) and re.fullmatch(
        r"\.? ?-?", line.words[first].gap
    ):
        weight += COMPANY
    if end - first == 1 and line.words[first].place and not line.words[first].given:
        weight += TOWN
    if _place(line, first, end):
        weight += PLACE
    if sayings().search(line.text[max(0, start - 24) : stop + 24]) and _saying(line.text, start, stop):
        weight += SAYING
    if line.words[end - 1].lower in words("names/street_words") and end - first > 1:
        weight += ON_STREET
    if WAY.search(line.words[end - 1].lower) and end - first > 1 and not line.words[first].given:
        weight += ON_STREET
    if STREET.search(line.words[end - 1].text) and (
        HOUSE.match(line.text, stop)
        or line.words[end - 1].text.count("-") > 1
        or (end - first == 1 and (PUBLIC.search(line.words[first].lower) or not (line.words[first].surname or _led(line, first))))
    ):
        weight += ON_STREET
    return weight


def _led(line: Line, first: int) -> bool:
    """Whether a salutation, a title or a role stands before."""
    return line.lower(first - 1) in SALUTATIONS | words("titles") | words("roles")


def _spelt(line: Line, first: int, end: int) -> bool:
    """Whether a first name only spells a letter ("M wie Martha", "mit Theodor am Anfang"), or an adjective makes it a thing's "
    "("Alter Fritz")."""
    before = line.lower(first - 1)
    if before == "wie" and first > 1 and len(line.lower(first - 2)) == 1:
        return True
    if before in ("mit", "wie") and end - first == 1 and line.lower(end) in words("names/spelt_behind"):
        return True
    return end - first == 1 and before in words("names/inn_adjectives")


def _saying(text: str, start: int, stop: int) -> bool:
    """Whether a saying covers the words."""
    begin = max(0, start - 24)
    return any(begin + match.start() < stop and begin + match.end() > start for match in sayings().finditer(text[begin : stop + 24]))


def _quoted(text: str, start: int, stop: int) -> bool:
    """Whether the words stand in quotes of their own."""
    before = text[max(0, start - NEAR) : start]
    after = text[stop : stop + NEAR]
    opened = max(before.rfind(quote) for quote in QUOTES)
    closed = min((place for quote in QUOTES if (place := after.find(quote)) >= 0), default=-1)
    if ADDRESSED.match(text, stop):
        return False
    if opened < 0 or closed < 0 or any(sign in before[opened:] + after[:closed] for sign in ".!?\n:"):
        return False
    return not (CELL_OPENS.search(before, 0, opened) and CELL_CLOSES.match(after, closed + 1))


def _company(line: Line, first: int, end: int) -> bool:
    """Whether a legal form, a trade or a partner follows."""
    after = line.lower(end)
    gap = line.gap_after(end - 1)
    if line.lower(end - 1) in words("trades") and end - first > 1:
        return True
    if after.rsplit("-", 1)[-1] in words("trades") and "-" in after and gap == " ":
        return True
    if (
        after in words("trades")
        and gap.strip(" -") == ""
        and "\n" not in gap
        and (line.words[end].capital or (line.writing == "small" and not line.words[end].ordinary))
    ):
        return True
    partner = gap.strip() in ("&", "+") and " " in gap
    if partner and end < len(line.words):
        return not line.words[end].given or line.lower(end + 1) in words("trades")
    return first > 0 and line.words[first].gap.strip() in ("&", "+") and not line.words[first].given and not line.words[first - 1].given


def _pet(line: Line, first: int) -> bool:
    """Whether the words before are about an animal or a machine that bears the name."""
    for back in range(1, 5):
        word = line.lower(first - back)
        if word in words("pets"):
            return True
        if word not in words("names/pet_filling"):
            return False
        if line.words[first - back + 1].gap.strip(" ,") and first - back + 1 < len(line.words):
            return False
    return False


def _place(line: Line, first: int, end: int) -> bool:
    """Whether the words are a place's name, or are told of as a place beside another."""
    whole = " ".join(word.lower for word in line.words[first:end])
    if end - first > 1 and whole in lexicon.places():
        return True
    if line.lower(first - 1) in ("nach", "aus") and end - first > 1:
        return True
    beside = line.lower(end) == "und" and end + 1 < len(line.words) and line.lower(end + 1) in words("names/town_beginnings")
    return beside and line.lower(first - 1) in ("zwischen", "nach", "in", "aus", "bei")
