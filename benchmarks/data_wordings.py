"""Who asks: people with their meters and the words for them; what they ask stands in `data_wordings.yaml`, how it is typed is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

STAFF = "mitarbeiterin-1"


@dataclass(frozen=True)
class Subject:
    """Who asks, the meters meant, and the words for them; `me`: "ich" is enough, as who asks has one meter."""

    who: str
    meters: tuple[str, ...]
    n: tuple[str, ...]
    bei: tuple[str, ...]
    von: tuple[str, ...]
    me: bool = False


SUBJECTS = (
    Subject("kunde-1", ("H1",), ("H1", "Zähler H1", "der Zähler H1"), ("bei H1", "bei Zähler H1", "am Zähler H1"),
            ("von H1", "vom Zähler H1", "des Zählers H1")),
    Subject("kunde-1", ("H2",), ("H2", "Zähler H2", "mein Zähler H2"), ("bei H2", "beim Zähler H2"), ("von H2", "vom Zähler H2")),
    Subject("kunde-2", ("S1",), ("das Haus Ahornweg", "mein Haus", "S1"), ("bei mir", "bei uns", "im Haus Ahornweg", "im Ahornweg"),
            ("von meinem Haus", "vom Haus Ahornweg", "von S1", "meines Zählers"), me=True),
    Subject("kunde-3", ("K1",), ("die Wohnung Kiel", "meine Wohnung", "K1"), ("in der Wohnung Kiel", "in meiner Wohnung", "in Kiel"),
            ("der Wohnung Kiel", "meiner Wohnung", "von K1")),
    Subject("kunde-3", ("R1",), ("das Ferienhaus", "mein Ferienhaus", "R1"), ("im Ferienhaus", "auf Rügen", "bei R1"),
            ("des Ferienhauses", "vom Ferienhaus", "von R1")),
    Subject(STAFF, ("B1",), ("B1", "Zähler B1"), ("bei B1", "am Zähler B1"), ("von B1", "des Zählers B1")),
    Subject(STAFF, ("F1",), ("die Filiale Hafen", "F1", "die Filiale"), ("in der Filiale Hafen", "bei F1", "in der Filiale"),
            ("der Filiale Hafen", "von F1", "der Filiale")),
)  # fmt: skip
SUMS = (
    Subject("kunde-1", ("H1", "H2"), (), ("bei beiden Zählern zusammen", "bei H1 und H2 zusammen"),
            ("von beiden Zählern zusammen", "von H1 und H2 zusammen", "aller meiner Zähler zusammen")),
    Subject("kunde-3", ("K1", "R1"), (), ("bei K1 und R1 zusammen", "in Wohnung und Ferienhaus zusammen", "insgesamt an allen Zählern"),
            ("von K1 und R1 zusammen", "meiner beiden Zähler zusammen", "von Wohnung und Ferienhaus zusammen")),
    Subject(STAFF, ("B1", "F1"), (), ("bei B1 und F1 zusammen", "in allen Betrieben zusammen"),
            ("von B1 und F1 zusammen", "aller Betriebe zusammen")),
)  # fmt: skip

WORDINGS: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))


def spoiled(text: str, names: tuple[str, ...], dice: Random) -> str:
    """A question as it is typed in haste: in lower case, without its mark, two letters of a long word swapped; names stay."""
    if dice.random() < 0.12:
        words = text.split(" ")
        long = [at for at, word in enumerate(words) if len(word) > 7 and word.isalpha() and not any(word in name for name in names)]
        if long:
            at = dice.choice(long)
            where = dice.randrange(2, len(words[at]) - 2)
            words[at] = words[at][:where] + words[at][where + 1] + words[at][where] + words[at][where + 2 :]
            text = " ".join(words)
    text = text.lower() if dice.random() < 0.25 else text
    return text.rstrip("?") if dice.random() < 0.15 else text
