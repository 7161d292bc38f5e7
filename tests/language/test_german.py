"""German is told from other languages, also where an answer is hardly more than numbers."""

import pytest

from nova.language.english import is_german
from tests.rooms.training.sets import written


@pytest.mark.parametrize("name", ["tuned", "kept"])
def test_answers_about_energy_are_german(name: str) -> None:
    texts = [text for row in written(name) for text in (row["reference"], *row["twins"], *row["faults"])]
    assert [text for text in texts if not is_german(text)] == []


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Laut § 21 EEG bekommen Sie 25 Jahre lang 8,09 ct/kWh, sofern Ihre Anlage höchstens 100 Kilowatt leistet.", True),
        ("24 Monate.", True),
        ("Dazu steht nichts in Ihren Unterlagen.", True),
        ("The basic price is nine euros a month and the notice period is six weeks.", False),
        ("Le prix de base est de neuf euros par mois et le délai de résiliation est de six semaines.", False),
        ("El precio base es de nueve euros al mes y el plazo de cancelación es de seis semanas para todos.", False),
        ("De basisprijs bedraagt negen euro per maand en de opzegtermijn is zes weken voor alle klanten van het net.", False),
        ("Temel fiyat ayda dokuz eurodur ve fesih süresi altı haftadır, bu tüm müşteriler için geçerlidir.", False),
        ("Cena podstawowa wynosi dziewięć euro miesięcznie, a okres wypowiedzenia wynosi sześć tygodni dla wszystkich klientów.", False),
    ],
)
def test_other_languages_are_not(text: str, german: bool) -> None:
    assert is_german(text) is german
