"""The lists that ship in, what the letters of a word say for its being somebody's name out (`privacy/lexicon/looks.txt.gz`).

    python scripts/word_looks.py

A logistic regression on pieces of two to four letters tells first names and surnames from German and English words and brands. Words that
are both count as names.
"""

import gzip
import random
import re
from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from nova.privacy import lexicon
from nova.privacy.lexicon import looks, words

FILE = looks.FILE
STRENGTH, ROUNDS, FEWEST, LEAST, SHORTEST, HELD, SEED = 0.3, 300, 10, 0.05, 3, 10, 1
VOWEL = re.compile(r"[aeiou]")


def plain(told: frozenset[str]) -> set[str]:
    """Words of letters alone."""
    return {word for word in told if word.isalpha() and len(word) >= SHORTEST}


def inflected(word: str) -> Iterator[str]:
    """An English word and what is made of it."""
    yield word
    if len(word) < SHORTEST:
        return
    stem = word[:-1] if word[-1] == "e" else word
    yield f"{word[:-1]}ies" if word[-1] == "y" and not VOWEL.match(word[-2]) else f"{word}s"
    yield from (f"{stem}ed", f"{stem}ing")


def learn(told: list[tuple[str, bool]]) -> tuple[CountVectorizer, LogisticRegression]:
    """The pieces of letters that count, and what each says."""
    pieces = CountVectorizer(analyzer=looks.pieces, min_df=FEWEST, binary=True)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS)
    model.fit(pieces.fit_transform([word for word, _ in told]), [name for _, name in told])
    return pieces, model


def main() -> None:
    """Learn, say how well held-out words are told apart, and write."""
    names = plain(words("lastnames") | lexicon.family() | lexicon.given())
    english = {made for word in words("english") for made in inflected(word)}
    others = plain(words("everyday") | lexicon.shipped("word") | words("brands") | frozenset(english)) - names
    told = [(word, True) for word in sorted(names)] + [(word, False) for word in sorted(others)]
    random.Random(SEED).shuffle(told)
    held, kept = told[::HELD], [one for index, one in enumerate(told) if index % HELD]
    pieces, model = learn(kept)
    apart = roc_auc_score([name for _, name in held], model.decision_function(pieces.transform([word for word, _ in held])))
    pieces, model = learn(told)
    weights = model.coef_[0]
    lines = [f"{piece}\t{weights[place]:.2f}\n" for piece, place in sorted(pieces.vocabulary_.items()) if abs(weights[place]) >= LEAST]
    with (looks.FOLDER / FILE).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join([f"\t{np.round(model.intercept_[0], 2)}\n", *lines]).encode())
    print(f"{len(names)} names, {len(others)} words, {len(lines)} pieces; area under the curve on held-out words {apart:.3f}")


if __name__ == "__main__":
    main()
