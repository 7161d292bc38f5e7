"""BLEU and chrF are what sacreBLEU 2.6 gives (computed once, beside it); ROUGE-L keeps umlauts."""

import pytest

from nova.training.scores import SIGNATURE, bleu, chrf, rouge_l, tokens_13a
from tests.rooms.training import sets


def test_of_the_written_sets_the_figures_are_those_of_sacrebleu() -> None:
    pairs = [
        (said, case["reference"]) for name in ("tuned", "kept") for case in sets.written(name) for said in (*case["twins"], *case["faults"])
    ]
    pairs += [("", "Ja."), ("a b c", "d e f g"), ("Hallo &quot;Welt&quot;", "Hallo Welt"), ("x", "xyz")]
    said, references = zip(*pairs, strict=True)
    assert bleu(said, references) == pytest.approx(59.046108, abs=1e-5)
    assert chrf(said, references) == pytest.approx(75.043638, abs=1e-5)
    assert bleu(said[-4:], references[-4:]) == pytest.approx(11.210639, abs=1e-5)
    assert chrf(said[-4:], references[-4:]) == pytest.approx(30.144731, abs=1e-5)


def test_the_signature_names_what_a_figure_hangs_on() -> None:
    assert SIGNATURE.startswith("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")


def test_tokens_keep_numbers_and_umlauts() -> None:
    assert tokens_13a("Größer als 1.234,5 kWh, ja.") == ["Größer", "als", "1.234,5", "kWh", ",", "ja", "."]


def test_rouge_reads_umlauts_and_any_case() -> None:
    assert rouge_l("Die Prüfung läuft", "die prüfung läuft.") == 1
    assert rouge_l("Zähler", "Zhler") == 0
    assert rouge_l("a b c d", "a x c y") == 0.5
    assert rouge_l("", "") == 0 and bleu([], []) == 0 and chrf([], []) == 0
