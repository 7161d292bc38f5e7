"""The wheel's bar with many people of whom some judge wrongly: what is planted is learned away all the same."""

import random
from uuid import UUID

import pytest

from nova.answers.understand.learned import RankingRelease
from nova.wiring.learning import StoredLearning
from tests.rooms.learn.planted import OTHERS_HELD_OUT, PLANTED_HELD_OUT, Site

CROWD = 40
MISTAKEN = 0.15  # share of the judgements that say the opposite
BETTER, WORSE = 10.0, -1.0  # points of nDCG@10

pytestmark = pytest.mark.bars


def mistake(site: Site, dice: random.Random) -> None:
    """Turn some judgements round."""
    rows = site.house.database.fetch_all("SELECT feedback_id FROM rag_feedback ORDER BY feedback_id")
    turned: list[UUID] = [row["feedback_id"] for row in rows if dice.random() < MISTAKEN]
    site.house.database.execute(
        "UPDATE rag_feedback SET useful = NOT useful, reason = NULL WHERE feedback_id = ANY (%(ids)s)", {"ids": turned}
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_with_mistakes_teaches_the_same(site: Site, seed: int) -> None:
    before = site.ndcg(PLANTED_HELD_OUT, "Teilbeträge", RankingRelease())
    others = {place: site.ndcg(texts, place, RankingRelease()) for place, texts in OTHERS_HELD_OUT.items()}
    for number in range(CROWD):
        site.join(f"crowd-{number}")
    site.live_through()
    mistake(site, random.Random(seed))
    done = site.learn()
    assert done["state"] == "live", (done["reasons"], done["effect"])
    learned = StoredLearning(site.house.database)()
    assert site.ndcg(PLANTED_HELD_OUT, "Teilbeträge", learned) >= before + BETTER
    for place, texts in OTHERS_HELD_OUT.items():
        assert site.ndcg(texts, place, learned) >= others[place] + WORSE, place
