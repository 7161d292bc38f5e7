"""Labelled texts and texts in, the tones of the site's own model and its cross-validated F1 out. Runs in a child process: scikit-learn and
its memory end with it, and no word of people is kept in a model file. The same labels give the same tones.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

LEAST_LABELS = 200
LEAST_OF_A_CLASS = 10
FOLDS = 5
SURE = 0.45  # below, the tone is unknown
SCORES = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def tones_task(_args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """`body` holds `{"labels": [[text, label], ...], "texts": [...]}`; gives `{"labels", "f1", "lexicon_f1"}` and the tones of the texts.

    A tone is `[label, score]`, unknown ones have no score. `f1` is None where the labels are too few or too much of one kind.
    """
    given = json.loads(body)
    labels = sorted(dict(given["labels"]).items())
    counts = Counter(label for _, label in labels)
    kinds = {label for label, count in counts.items() if count >= LEAST_OF_A_CLASS}
    usable = [(text, label) for text, label in labels if label in kinds]
    report: dict[str, Any] = {"labels": len(labels), "f1": None, "lexicon_f1": None}
    if len(usable) < LEAST_LABELS or len(kinds) < 2:
        return report, b"[]"
    texts, wanted = (list(column) for column in zip(*usable, strict=True))
    report |= {"f1": _cross_validated(texts, wanted), "lexicon_f1": _lexicon_f1(texts, wanted)}
    model = _model().fit(texts, wanted)
    chances = model.predict_proba(given["texts"]) if given["texts"] else ()
    tones = [_tone(dict(zip(model.classes_, row, strict=True))) for row in chances]
    return report, json.dumps(tones).encode()


def _model() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return make_pipeline(make_union(words, letters), LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000))


def _cross_validated(texts: Sequence[str], wanted: Sequence[str]) -> float:
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    guessed = cross_val_predict(_model(), list(texts), list(wanted), cv=folds)
    return round(float(f1_score(wanted, guessed, average="macro")), 4)


def _lexicon_f1(texts: Sequence[str], wanted: Sequence[str]) -> float:
    from sklearn.metrics import f1_score

    from nova.kpi.tone.sentiment import tone

    return round(float(f1_score(wanted, [tone(text).label for text in texts], average="macro", labels=sorted(set(wanted)))), 4)


def _tone(chances: Mapping[str, float]) -> list[Any]:
    label = max(sorted(chances), key=lambda one: chances[one])
    if label == "unknown" or chances[label] < SURE:
        return ["unknown", None]
    return [label, round(sum(SCORES.get(one, 0.0) * chance for one, chance in chances.items()), 4)]
