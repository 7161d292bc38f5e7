"""People who ask what the small base can read out of a passage, and the answers that the house wants: short, and with nothing added."""

import random

from nova.cli.rehearsal.practice import row
from tests.rooms.training.lessons import Office

ROWS, PEOPLE = 460, 92


def asked(count: int, seed: int) -> list[dict[str, object]]:
    """Questions with their passages and answers; of each thing there is one passage."""
    dice, found = random.Random(seed), list[dict[str, object]]()
    while len(found) < count:
        one = row(dice, added=False)
        thing = str(one["topic"])
        if sum(thing in text for text in one["context"]) == 1:  # type: ignore[attr-defined]
            found.append(one)
    return found


def fill(office: Office, count: int = ROWS, people: int = PEOPLE, seed: int = 5) -> None:
    """So many questions by so many people who agree to training."""
    everybody = [office.person(f"kunde-{at}") for at in range(people)]
    for at, one in enumerate(asked(count, seed)):
        office.ask(everybody[at % people], str(one["question"]), str(one["answer"]), cited=[str(text) for text in one["context"]])  # type: ignore[attr-defined]
