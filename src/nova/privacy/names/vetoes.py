"""A line and a possible name in, how much speaks against it out: companies, tariffs in quotes, pets, places, sayings, streets."""

import re
from collections.abc import Callable

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
QUOTED, COMPANY, PET, PLACE, SAYING, ON_STREET, TOWN_NAME = 1.5, 2.0, 3.0, 1.5, 5.0, 3.0, 0.6
THINGS = re.compile(
    r".(?:studio|laden|haus|häuser|hotel|restaurant|praxis|café|cafe|bar|shop|center|markt|werk|betrieb|geschäft|schiff|boot|fähre|schule|heim|"
    r"klinik|verein|verlag|handel|service|technik|server|gerät|automat|roboter|modell|marke|tarif|projekt|park|kirche|kapelle|stift|"
    r"salon|dienst|dienste|büro|verwaltung|zentrum|gruppe|verband|bank|kasse|stelle|amt|gesellschaft|agentur|bund|stiftung|hilfe|pflege|werkstatt|kanzlei|apotheke|bäckerei|metzgerei|brauerei|gärtnerei|spedition|turm|brücke|grube|schacht|quelle|insel)\Z"
)
MONTHS = words("names/months")
DAY = re.compile(r"\d\.? ?\Z")
BESIDE, JOINS = re.compile(r"\.? ?-?"), ("&", "+")
NEAR = 24


def against(line: Line, first: int, end: int) -> float:
    """The sum of what speaks against words `first` to `end` being a person's name."""
    return sum(weight for weight, speaks in (AGAINST_ONE if end - first == 1 else AGAINST_SEVERAL) if speaks(line, first, end))


def _in_quotes(line: Line, first: int, end: int) -> bool:
    return _quoted(line.text, line.words[first].start, line.words[end - 1].end)


def _begins_as_thing(line: Line, first: int, _: int) -> bool:
    """Whether the first of several words is what stands before a thing's or an animal's name."""
    return line.lower(first) in words("not_before")


def _made_of_thing(line: Line, first: int, _: int) -> bool:
    """Whether the first of several words ends as a shop's or a house's."""
    return not line.words[first].given and THINGS.search(line.lower(first)) is not None


def _month(line: Line, first: int, _: int) -> bool:
    """Whether a month's name stands behind a day."""
    start = line.words[first].start
    return line.lower(first) in MONTHS and DAY.search(line.text, max(0, start - 4), start) is not None


def _behind_thing(line: Line, first: int, end: int) -> bool:
    """Whether a thing that bears names stands right before, and no animal does."""
    before = line.lower(first - 1)
    thing = before in words("not_before") or THINGS.search(before) is not None
    return thing and BESIDE.fullmatch(line.words[first].gap) is not None and not _pet(line, first, end)


def _town(line: Line, first: int, _: int) -> bool:
    """Whether the only word is a town's name and no first name."""
    return line.words[first].place and not line.words[first].given


def _in_a_saying(line: Line, first: int, end: int) -> bool:
    """Whether a saying covers the words."""
    start, stop = line.words[first].start, line.words[end - 1].end
    begin = max(0, start - NEAR)
    return any(begin + match.start() < stop and begin + match.end() > start for match in sayings().finditer(line.text[begin : stop + NEAR]))


def _street_behind(line: Line, _: int, end: int) -> bool:
    """Whether the last of several words is a word for a street."""
    return line.lower(end - 1) in words("names/street_words")


def _way(line: Line, first: int, end: int) -> bool:
    """Whether the last of several words, the first of which is no first name, ends as a street's."""
    return not line.words[first].given and WAY.search(line.lower(end - 1)) is not None


def _on_street(line: Line, first: int, end: int) -> bool:
    """Whether the last word ends as a street's or a public place's, and a number follows, it is joined of three, or stands alone."""
    last, word = line.words[end - 1], line.words[first]
    if not STREET.search(last.text):
        return False
    if HOUSE.match(line.text, last.end) or last.text.count("-") > 1:
        return True
    return end - first == 1 and (PUBLIC.search(word.lower) is not None or not (word.surname or _led(line, first)))


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
    """Whether a legal form, a trade or a partner follows, or a partner stands before."""
    if end - first > 1 and line.lower(end - 1) in words("trades"):
        return True
    if end < len(line.words) and _of_a_trade(line, end):
        return True
    if end < len(line.words) and " " in line.words[end].gap and line.words[end].gap.strip() in JOINS:
        return not line.words[end].given or line.lower(end + 1) in words("trades")
    return first > 0 and line.words[first].gap.strip() in JOINS and not line.words[first].given and not line.words[first - 1].given


def _of_a_trade(line: Line, index: int) -> bool:
    """Whether the word at `index` is a trade or a legal form, or a compound that ends so ("Müller Sanitär-Technik")."""
    word = line.words[index]
    if "-" in word.lower and word.gap == " " and word.lower.rsplit("-", 1)[-1] in words("trades"):
        return True
    if word.lower not in words("trades") or word.gap.strip(" -") or "\n" in word.gap:
        return False
    return word.capital or (line.writing == "small" and not word.ordinary)


def _pet(line: Line, first: int, _: int) -> bool:
    """Whether the words before are about an animal or a machine that bears the name."""
    for back in range(1, 5):
        word = line.lower(first - back)
        if word in words("pets"):
            return True
        if word not in words("names/pet_filling") or line.words[first - back + 1].gap.strip(" ,"):
            return False
    return False


def _place(line: Line, first: int, end: int) -> bool:
    """Whether the words are a place's name, or are told of as a place beside another."""
    several, before = end - first > 1, line.lower(first - 1)
    if several and (before in ("nach", "aus") or " ".join(word.lower for word in line.words[first:end]) in lexicon.places()):
        return True
    beside = line.lower(end) == "und" and line.lower(end + 1) in words("names/town_beginnings")
    return beside and before in ("zwischen", "nach", "in", "aus", "bei")


Veto = Callable[[Line, int, int], bool]
AGAINST_ONE: tuple[tuple[float, Veto], ...] = (
    (QUOTED, _in_quotes),
    (COMPANY, _company),
    (COMPANY, _month),
    (COMPANY, _spelt),
    (PET, _pet),
    (COMPANY, _behind_thing),
    (TOWN_NAME, _town),
    (PLACE, _place),
    (SAYING, _in_a_saying),
    (ON_STREET, _on_street),
)
"""What speaks against a single word, and how much."""
AGAINST_SEVERAL: tuple[tuple[float, Veto], ...] = (
    (QUOTED, _in_quotes),
    (COMPANY, _company),
    (PET, _begins_as_thing),
    (COMPANY, _made_of_thing),
    (COMPANY, _spelt),
    (PET, _pet),
    (COMPANY, _behind_thing),
    (PLACE, _place),
    (SAYING, _in_a_saying),
    (ON_STREET, _street_behind),
    (ON_STREET, _way),
    (ON_STREET, _on_street),
)
"""What speaks against several words."""
