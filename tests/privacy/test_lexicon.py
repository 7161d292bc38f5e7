"""The lists of words that rules read: each says in its first line what it is, and holds every word once, in small letters."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nova.privacy import lexicon
from nova.privacy.lexicon import words

FOLDER = Path(lexicon.__file__).parent
LISTS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.txt"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_is_and_holds_each_word_once(name: str) -> None:
    head, *lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    told = [word for line in lines for word in line.split()]
    assert head.startswith("# ")
    assert head.endswith(".")
    assert len(told) == len(set(told)) == len(words(name)) > 0
    assert [word for word in told if word != word.lower()] == []


def test_every_list_is_read_by_a_rule() -> None:
    package = "".join(path.read_text("utf-8") for path in FOLDER.parent.rglob("*.py"))
    assert [name for name in LISTS if f'words("{name}")' not in package] == []


def test_letters_look_the_same_in_every_process() -> None:
    """Sums over a set depend on the seed of its hashes; whether a word is a name must not."""
    code = "from nova.privacy.lexicon.looks import looks; print([looks(one) for one in 'donnerstag neustart dienst meier'.split()])"
    seeds = [{**os.environ, "PYTHONHASHSEED": str(seed)} for seed in (1, 2, 3)]
    said = {subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout for env in seeds}
    assert len(said) == 1
