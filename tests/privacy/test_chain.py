"""The chain of labels against the definition: likelihoods summed over every labelling there is, and what the shipped weights say."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.privacy.names import chain
from nova.privacy.names.people import SOURCES
from nova.privacy.names.signs import signs
from nova.privacy.tokens import read

WEIGHT = st.floats(-3.0, 3.0, allow_nan=False)
THREE = st.tuples(WEIGHT, WEIGHT, WEIGHT)


@given(
    words=st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=3), min_size=1, max_size=5),
    told=st.tuples(THREE, THREE, THREE),
    steps=st.tuples(THREE, THREE, THREE),
)
def test_likelihoods_equal_the_sum_over_all_labellings(
    words: list[list[str]], told: tuple[chain.Three, chain.Three, chain.Three], steps: tuple[chain.Three, chain.Three, chain.Three]
) -> None:
    weights = dict(zip("abc", told, strict=True))
    whole, each = 0.0, [[0.0, 0.0, 0.0] for _ in words]
    for labels in itertools.product(range(3), repeat=len(words)):
        score = sum(weights[sign][label] for signs_of, label in zip(words, labels, strict=True) for sign in signs_of)
        score += sum(steps[before][after] for before, after in itertools.pairwise(labels))
        whole += math.exp(score)
        for at, label in enumerate(labels):
            each[at][label] += math.exp(score)
    found = chain.marginals(words, weights, steps)
    for one, expected in zip(found, each, strict=True):
        assert one == pytest.approx([value / whole for value in expected], abs=1e-9)


def test_no_words_have_no_likelihoods() -> None:
    assert chain.likely([]) == []


def test_reasons_name_what_speaks_for_a_word() -> None:
    line = read("Bitte rufen Sie Frau Wuttke zurück.")
    told = dict(chain.reasons(signs(line, SOURCES)[4], 40))
    assert told["rule=saluted"] > 0


def test_words_that_cannot_be_names_have_few_signs() -> None:
    line = read("Der Zähler 4711 steht im Keller.")
    assert [len(one) <= 2 for one in signs(line, SOURCES)] == [False, False, True, True, True, False]
