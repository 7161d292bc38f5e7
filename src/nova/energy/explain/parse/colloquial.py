"""Folded text as people type it in, the same in the words that are read out: short forms, and what English speakers ask of data."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nova.language.english import is_english

_PART_OF_DAY = re.compile(
    r"\b((?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)(frueh|morgen|vormittag|mittag|nachmittag|abend|nacht)(?=s?\b)"
)
_CLOCK = re.compile(r"\b(?P<hour>1[0-2]|0?\d)(?::(?P<minute>[0-5]\d))? ?(?P<half>am|pm)\b")
_NUMBERS = ("eins", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf")
_AT = re.compile(
    rf"\bum (?P<hour>{'|'.join(_NUMBERS)}|\d{{1,2}})(?![\d:.%]|,\d|-)"
    r"(?! ?(?:uhr|prozent|%|kwh|kw|mwh|watt|euro|eur|cent|ct|mal|grad|tage?|wochen?"
    r"|monate?|jahre?|stunden?|std|h|mehr|weniger)\b)\b"
)
_CLOCK_WORD = rf"(?:{'|'.join(_NUMBERS)}|1[0-2]|[1-9])"
_QUARTERS = re.compile(
    rf"\b(?P<night>nachts |in der nacht |(?:am )?morgens? |frueh )?(?:(?P<how>um|gegen|ab|bis|vor|nach) "
    rf"(?P<part>halb|viertel vor|viertel nach|dreiviertel|viertel)|(?P<alone>halb|viertel vor|viertel nach)) "
    rf"(?P<hour>{_CLOCK_WORD})(?: uhr)?\b"
)
_MINUTES = {"halb": -30, "viertel vor": -15, "viertel nach": 15, "dreiviertel": -15, "viertel": -45}  # against the full hour that is named
_NOON = re.compile(r"\bmittags (?:um|gegen) (?P<hour>[12])(?P<minute>:\d\d)? uhr\b|\bum (?P<at>[12])(?P<at_minute>:\d\d)? uhr mittags\b")
_WEDNESDAY = re.compile(r"(?:^|(?<=am )|(?<=vom )|(?<=von )|(?<=bis )|(?<=letzten )|(?<=und )|(?<=, ))mi(?![\w-])")  # not "mich" in dialect
_EARLY = re.compile(r"\b(?:nachts|frueh|morgens|in der frueh|in der nacht) (?P<how>um|gegen) (?P<hour>\d) uhr\b")
_AFTERNOON = re.compile(
    r"\b(?:nachmittags?|abends?) um (?P<hour>\d{1,2})(?P<minute>:\d\d)? uhr\b"
    r"|\bum (?P<at>\d{1,2})(?P<at_minute>:\d\d)? uhr (?:am )?(?:nachmittags?|abends?)\b"
)


@dataclass(frozen=True)
class _Replaced:
    """Words and what is read for them."""

    words: dict[str, str]
    expression: re.Pattern[str]

    def within(self, text: str) -> str:
        """The text with each of the words replaced."""
        return self.expression.sub(lambda match: self.words[match.group()], text)


def written_out(text: str) -> str:
    """A folded text in the words that expressions look for."""
    if is_english(text):
        text = _table("english.txt").within(_CLOCK.sub(_hour, text))
    text = _QUARTERS.sub(_quarter, text)
    text = _EARLY.sub(r"\g<how> 0\g<hour> uhr", _AT.sub(_at, text))
    text = _NOON.sub(_in_the_afternoon, _AFTERNOON.sub(_in_the_afternoon, text))
    text = _WEDNESDAY.sub("mittwoch", text)
    return _table("colloquial.txt").within(_PART_OF_DAY.sub(r"\1 \2", text))


@lru_cache(maxsize=2)
def _table(name: str) -> _Replaced:
    lines = resources.files("nova.energy.explain.parse").joinpath(name).read_text("utf-8").splitlines()
    words = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    ordered = sorted(words, key=len, reverse=True)
    return _Replaced(words, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])"))


def _hour(match: re.Match[str]) -> str:
    hour = int(match["hour"]) % 12 + (12 if match["half"] == "pm" else 0)
    return f"{hour}:{match['minute'] or '00'} uhr"


def _at(match: re.Match[str]) -> str:
    """ "um drei" as "um 3 uhr"."""
    hour = match["hour"]
    return f"um {hour if hour.isdigit() else _NUMBERS.index(hour) + 1} uhr"


def _quarter(match: re.Match[str]) -> str:
    """ "um halb acht" as "um 7:30 uhr"."""
    word = match["hour"]
    hour = int(word) if word.isdigit() else _NUMBERS.index(word) + 1
    at = (60 * hour + _MINUTES[match["part"] or match["alone"]]) % (12 * 60)
    clock = f"{at // 60:02d}" if match["night"] else f"{at // 60 or 12}"
    return f"{match['how'] or 'um'} {clock}:{at % 60:02d} uhr"


def _in_the_afternoon(match: re.Match[str]) -> str:
    """ "nachmittags um 4 uhr" as "um 16 uhr"."""
    hour = int(match["hour"] or match["at"])
    return f"um {hour + 12 if hour < 12 else hour}{match['minute'] or match['at_minute'] or ''} uhr"
