"""The bounds of the house hold for every file of the package, and each rule finds what it is for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pytest

from tests.house import rules
from tests.house.places import PACKAGE, sources

EDGES = {
    "api/live.py": 1,  # all open streams
    "api/protocol/middleware.py": 1,  # a request's
    "api/limits/presence.py": 1,  # all open streams, too
    "api/protocol/sse.py": 1,  # a request's whose answer has begun
    "api/streams.py": 1,  # a message's, which is a request that came by another way
    "jobs/worker.py": 2,  # a job's: its handler, and the loop that must outlive it
    "__main__.py": 1,  # a command's
}

MOST_IN_A_FOLDER = 25
Rule = Callable[[str], Iterator[str]]


def broken(rule: Rule, *, but: Mapping[str, int] = MappingProxyType({})) -> dict[str, list[str]]:
    """What a rule finds, by file; `but` says how many of them a file may have."""
    found = {path.relative_to(PACKAGE).as_posix(): list(rule(path.read_text("utf-8"))) for path in sources()}
    return {name: lines for name, lines in found.items() if len(lines) > but.get(name, 0)}


@pytest.mark.parametrize("rule", [rules.too_long, rules.long_functions, rules.many_arguments, rules.first_line, rules.route_bodies])
def test_every_file_keeps_the_bounds(rule: Rule) -> None:
    assert broken(rule) == {}


def test_broad_excepts_stand_at_the_edges_only() -> None:
    assert broken(rules.broad_excepts, but=EDGES) == {}


def test_only_settings_reads_the_environment() -> None:
    assert set(broken(rules.environment)) <= {"settings.py"}


def test_a_folder_is_read_at_a_glance() -> None:
    """At most so many modules lie side by side; what is more is grouped by what it is about."""
    counted = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in sources() if path.name != "__init__.py")
    assert {folder: count for folder, count in counted.items() if count > MOST_IN_A_FOLDER} == {}


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (rules.too_long, '"""."""\n' * 401),
        (rules.long_functions, "def f():\n" + "    pass\n" * 60),
        (rules.many_arguments, "def f(a, b, c, d, /, e, f, *, g, h): ..."),
        (rules.broad_excepts, "try:\n    f()\nexcept Exception:\n    pass"),
        (rules.broad_excepts, "try:\n    f()\nexcept (KeyError, BaseException):\n    pass"),
        (rules.broad_excepts, "try:\n    f()\nexcept:\n    pass"),
        (rules.broad_excepts, "with contextlib.suppress(Exception):\n    pass"),
        (rules.environment, "import os\nos.environ['A']"),
        (rules.environment, "from os import environ"),
        (rules.environment, "import os\nos.getenv('A')"),
        (rules.route_bodies, "@router.get('/')\ndef f():\n    '''Doc.'''\n" + "    pass\n" * 11),
        (rules.first_line, "x = 1"),
    ],
)
def test_each_rule_finds_what_it_is_for(rule: Rule, source: str) -> None:
    assert list(rule(source))


@pytest.mark.parametrize("rule", [rules.long_functions, rules.many_arguments, rules.broad_excepts, rules.environment, rules.route_bodies])
def test_no_rule_cries_at_clean_source(rule: Rule) -> None:
    clean = "@router.get('/')\ndef f(self, a, b):\n    '''Doc.'''\n    try:\n        pass\n    except KeyError:\n        pass\n"
    assert not list(rule(clean))
