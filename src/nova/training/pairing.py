"""Two questions with their answers in, whether one gives the other away out, and in which way."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from nova.language.analyser import Analyser
from nova.language.fold import words
from nova.language.stems import is_stop, stem
from nova.training.facts import Fact, facts_of
from nova.training.match import fits
from nova.training.refusals import sounds_refusing

NEAR, LEAST_RATIO = 88.0, 60.0  # how like letters are, of 100
ROUGHLY, ASKS_ALIKE, MOSTLY, SURELY_ASKS, SAYS_ALIKE, SAME_QUESTION, WITHIN = 0.3, 0.5, 0.6, 0.72, 0.75, 0.9, 0.92  # shares of words
TELLING, LONG, OFTEN, FACTS, FEWEST = 5, 8, 4, 2, 3
_WHO = frozenset(("wer", "wann", "wo", "warum", "weshalb", "wieviel", "wie", "was", "welche"))
_FIGURE = re.compile(r"\b\w*\d[\w,]*")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A row as it is compared: words without case, umlauts and signs; `common`: its answer answers many questions, or refuses."""

    asked: str
    said: str
    question: tuple[str, ...]
    answer: tuple[str, ...]
    plain_question: str
    plain_answer: str
    common: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """What equal rows have in common: the question, and an answer that tells something."""
        return (f"q:{self.plain_question}", f"a:{self.plain_answer}") if self.tells else (f"q:{self.plain_question}",)

    @property
    def tells(self) -> bool:
        """Whether the answer by itself is one that nobody gives by chance."""
        if self.common:
            return False
        return len(self.answer) >= LONG or (len(self.answer) >= TELLING and any(word[0].isdigit() for word in self.answer))


def texts_of(train: Sequence[Row], test: Sequence[Row]) -> tuple[list[Text], list[Text]]:
    """Both sides; how many questions an answer answers is counted over all."""
    asked: dict[str, set[str]] = {}
    for row in (*train, *test):
        asked.setdefault(_plain(row["answer"]), set()).add(_plain(row["question"]))
    often = {answer for answer, questions in asked.items() if len(questions) > OFTEN and _many(questions)}
    return [_text(row, often) for row in train], [_text(row, often) for row in test]


def _many(questions: set[str]) -> bool:
    """Whether questions that one answer answers ask for different things: few of their words are in most of them."""
    some = [frozenset(content(one)) for one in sorted(questions)[:12]]
    counts = Counter(word for one in some for word in one)
    shared = [sum(counts[word] > len(some) / 2 for word in one) / max(1, len(one)) for one in some]
    return sum(shared) / len(shared) < ASKS_ALIKE


def _text(row: Row, often: set[str]) -> Text:
    question, answer = _plain(row["question"]), _plain(row["answer"])
    common = answer in often or sounds_refusing(row["answer"])
    return Text(row["question"], row["answer"], content(question), content(answer), question, answer, common)


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    return " ".join(words(text))


@lru_cache(maxsize=100_000)
def content(plain: str) -> tuple[str, ...]:
    """Stems of what a text is about, and of the parts of its compounds; numbers as they are."""
    found: list[str] = []
    for word in plain.split():
        if word[0].isdigit():
            found.append(word)
        elif not is_stop(word) or word in _WHO:
            found.append(stem(word))
    return tuple(found)


def kind_of(test: Text, train: Text) -> tuple[str, float] | None:
    """How a training row gives a test row away, and how sure that is (0 to 1); None where it does not."""
    same_question, same_answer = test.plain_question == train.plain_question, test.plain_answer == train.plain_answer
    if same_question and same_answer:
        return "verbatim", 1.0
    if _conflict(test, train):
        return None
    return _near(test, train) or _contained(test, train) or _paraphrase(test, train) or _nearly_contained(test, train)


def _near(test: Text, train: Text) -> tuple[str, float] | None:
    """The same row with a few letters or words changed, but no fact."""
    says = _alike(test.answer, train.answer)
    if says < ROUGHLY and test.plain_answer != train.plain_answer:
        return None
    whole = _whole(test, train)
    if whole >= NEAR and (_only_slips(test, train) or _asks_and_tells_the_same(test, train)):
        return "near", whole / 100
    same_question = test.plain_question == train.plain_question and len(test.question) >= FEWEST
    return ("near", SAME_QUESTION) if same_question and says >= ASKS_ALIKE and _same_facts(test.said, train.said) else None


def _whole(test: Text, train: Text) -> float:
    """How like the letters of two rows are, of 100; 0 where those of the questions or of the answers are not."""
    ratio = min(_ratio(test.plain_question, train.plain_question), _ratio(test.plain_answer, train.plain_answer))
    if ratio < LEAST_RATIO:
        return 0.0
    return _ratio(f"{test.plain_question} {test.plain_answer}", f"{train.plain_question} {train.plain_answer}")


def _asks_and_tells_the_same(test: Text, train: Text) -> bool:
    asks = _alike(test.question, train.question) >= SURELY_ASKS
    return asks and _same_facts(test.said, train.said) and _same_sense(test, train)


def _paraphrase(test: Text, train: Text) -> tuple[str, float] | None:
    """The question in other words: its answer tells the same, or it asks for the same so plainly that any answer gives it away."""
    if test.plain_answer == train.plain_answer:
        return _same_answer(test, train)
    asks, says = _alike(_parts(test.question), _parts(train.question)), _alike(test.answer, train.answer)
    if says < ROUGHLY or not _same_facts(test.said, train.said):
        return None
    enough = _by_words(test, train, asks, says) or _by_facts(test, train, asks, says)
    return ("paraphrase", (max(asks, ASKS_ALIKE) + says) / 2) if enough else None


def _by_words(test: Text, train: Text, asks: float, says: float) -> bool:
    return test.tells and train.tells and says >= SAYS_ALIKE and asks > 0


def _by_facts(test: Text, train: Text, asks: float, says: float) -> bool:
    """Whether two answers with the same facts are one: by two facts and some words, or by one where the questions surely are."""
    facts = _facts_told(test)
    if facts >= FACTS and (asks >= ROUGHLY or says >= MOSTLY):
        return True
    return facts > 0 and says >= ASKS_ALIKE and _surely_asks(test, train, asks)


def _same_answer(test: Text, train: Text) -> tuple[str, float] | None:
    """Of rows with one answer: an answer that nobody gives by chance, or questions that surely ask for the same."""
    asks = _alike(_parts(test.question), _parts(train.question))
    if test.tells:
        return "paraphrase", 1.0
    return ("paraphrase", asks) if _surely_asks(test, train, asks) and not sounds_refusing(test.said) else None


def _surely_asks(test: Text, train: Text, asks: float) -> bool:
    return asks >= SURELY_ASKS and len(test.question) >= FEWEST and _same_sense(test, train)


def _facts_told(test: Text) -> int:
    """How many amounts, days and provisions an answer tells."""
    return sum(fact.kind in ("amount", "date", "provision") for fact in facts_of(test.said))


def _contained(test: Text, train: Text) -> tuple[str, float] | None:
    """The whole answer stands within a longer one."""
    longer = len(train.answer) > len(test.answer) and test.tells
    return ("contained", 1.0) if longer and f" {test.plain_answer} " in f" {train.plain_answer} " else None


def _nearly_contained(test: Text, train: Text) -> tuple[str, float] | None:
    """Almost all runs of three words of the answer stand within a longer one, and all of its facts."""
    if not test.tells or len(train.answer) <= len(test.answer):
        return None
    own, other = (one.plain_answer.split() for one in (test, train))
    grams = {tuple(own[at : at + 3]) for at in range(len(own) - 2)}
    held = grams & {tuple(other[at : at + 3]) for at in range(len(other) - 2)}
    share = len(held) / max(1, len(grams))
    return ("contained", share) if share >= WITHIN and _borne_out(facts_of(test.said), facts_of(train.said)) else None


@lru_cache(maxsize=200_000)
def _parts(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Stems with what compounds are made of ("kündigungsfrist": "kündig", "frist")."""
    analyser = Analyser.builtin()
    return tuple(part for one in stems for part in ((one,) if one[0].isdigit() else analyser.word(one).parts or (one,)))


def _ratio(left: str, right: str) -> float:
    return max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of words that two texts have in common (Dice)."""
    first, second = Counter(left), Counter(right)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _only_slips(test: Text, train: Text) -> bool:
    """Whether two rows differ by slips of the pen alone: the same words in the same order, but for letters that make no other word."""
    left, right = (f"{one.plain_question} {one.plain_answer}".split() for one in (test, train))
    if len(left) != len(right):
        return False
    return all(_is_slip(*sorted(pair)) for pair in zip(left, right, strict=True) if pair[0] != pair[1])


@lru_cache(maxsize=100_000)
def _is_slip(left: str, right: str) -> bool:
    if re.search(r"\d", left + right) or min(len(left), len(right)) < 3 or OSA.distance(left, right) > 1:
        return False
    known = Analyser.builtin().counts
    return not (left in known and right in known)


def _conflict(test: Text, train: Text) -> bool:
    """Whether two questions ask for different things: each has a number, provision or name that the other has not."""
    own, other = (Counter(_FIGURE.findall(one.plain_question)) for one in (test, train))
    return bool(own - other) and bool(other - own) and not _same_facts(test.asked, train.asked)


def _same_facts(left: str, right: str) -> bool:
    """Whether two texts hold the same facts, however they are written."""
    first, second = facts_of(left), facts_of(right)
    return _borne_out(first, second) and _borne_out(second, first)


def _borne_out(some: Sequence[Fact], others: Sequence[Fact]) -> bool:
    return all(any(fits(one, other) or fits(other, one) for other in others) for one in some if one.firm)


def _same_sense(test: Text, train: Text) -> bool:
    """Whether neither of two questions that look alike asks for another thing: only few words are in one alone, on either side."""
    first, second = set(_parts(test.question)), set(_parts(train.question))
    own, other = first - second, second - first
    return not own or not other or min(len(own), len(other)) <= max(1, len(first & second) // 4)
