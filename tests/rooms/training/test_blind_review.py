"""People judge blind: nobody learns a side before they are done, two are needed, and what is somebody's leaves with them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.errors import Conflict, NotFound
from nova.flows.training.carding import ModelCards
from nova.flows.training.review import BlindReviews, Judgement, Shown
from nova.governance.audit import AuditLog
from nova.journal import read
from nova.privacy import redact
from nova.records import Caller
from nova.store.people import personal
from nova.store.postgres.db import Database
from nova.training import blind
from nova.training.limits import Limits, limits_of
from tests.rooms.training.runs import ENDED, KEY, MANIFEST, Made, evaluated, held, how, put, reason

RITA, OTTO, EMIL = (Caller(role, uuid4()) for role in ("reviewer", "reviewer", "engineer"))  # type: ignore[arg-type]
RUN = "sophia-finetune-2026-11-02"
PAIRS = 12
Prefers = Callable[[Shown], str]


@pytest.fixture(autouse=True)
def run_id(database: Database) -> UUID:
    database.execute("TRUNCATE train_runs CASCADE")
    made = Made.good()
    made.started_by = EMIL.token
    return put(database, made)


@pytest.fixture
def reviews(database: Database, tmp_path: Path) -> BlindReviews:
    return BlindReviews(database, AuditLog(), lambda text: redact(text).text, KEY, tmp_path, few)


def few() -> Limits:
    return Limits(**limits_of().model_dump() | {"review_pairs": PAIRS})


def right(shown: Shown) -> str:
    """The side that says what the reference says."""
    return "left" if shown.left == shown.reference else "right"


def wrong(shown: Shown) -> str:
    return "right" if right(shown) == "left" else "left"


def pairs(reviews: BlindReviews, rater: Caller, prefers: Prefers, most: int = PAIRS) -> Iterator[Shown]:
    """Judge pair after pair."""
    for _ in range(most):
        shown, _, _ = reviews.next(rater, RUN)
        if shown is None:
            return
        reviews.vote(rater, RUN, Judgement(shown.row_id, prefers(shown), shown.mark))  # type: ignore[arg-type]
        yield shown


def test_a_rater_is_shown_each_pair_once_in_an_own_order_and_never_a_side(reviews: BlindReviews) -> None:
    seen = {rater.token: list(pairs(reviews, rater, right)) for rater in (RITA, OTTO)}
    rows = [[shown.row_id for shown in some] for some in seen.values()]
    assert len(set(rows[0])) == PAIRS and set(rows[0]) == set(rows[1]) and rows[0] != rows[1]
    lefts = [[right(shown) == "left" for shown in some] for some in seen.values()]
    assert all(0 < sum(some) < PAIRS for some in lefts)  # the right answer is the candidate's: on either side by turns
    assert not any(word in str(some[0]) for some in seen.values() for word in ("cand", "base", "Kandidat", "nova-mini"))
    assert not any(shown.row_id.startswith("attack-") for some in seen.values() for shown in some)
    assert reviews.next(RITA, RUN) == (None, PAIRS, PAIRS)


def test_sides_are_drawn_by_the_key_alike_each_time_and_evenly() -> None:
    rows = [f"q{at}" for at in range(2000)]
    first = [blind.winner(KEY, "r", "rita", row, "left") for row in rows]
    assert first == [blind.winner(KEY, "r", "rita", row, "left") for row in rows]
    assert 900 < first.count("cand") < 1100
    other = [blind.winner(b"another key", "r", "rita", row, "left") for row in rows]
    assert 900 < sum(one == two for one, two in zip(first, other, strict=True)) < 1100


def test_a_vote_can_be_changed_until_all_are_judged(reviews: BlindReviews, database: Database) -> None:
    shown = next(pairs(reviews, RITA, wrong, 1))
    assert reviews.vote(RITA, RUN, Judgement(shown.row_id, right(shown), shown.mark, "Anruf: 0151 23456789")) == (1, PAIRS)  # type: ignore[arg-type]
    with database.transaction() as conn:
        row = conn.execute("SELECT v.winner, n.note FROM train_votes v JOIN train_vote_notes n USING (run_id, row_id, rater)").fetchone()
    assert row is not None and row["winner"] == "cand" and "23456789" not in row["note"]
    list(pairs(reviews, RITA, right))
    with pytest.raises(Conflict, match="stehen fest"):
        reviews.vote(RITA, RUN, Judgement(shown.row_id, "tie", shown.mark))


def test_what_was_not_shown_is_not_judged(reviews: BlindReviews, database: Database) -> None:
    shown, _, _ = reviews.next(RITA, RUN)
    assert shown is not None
    for row, mark, error in ((shown.row_id, "0" * 32, Conflict), ("attack-link", shown.mark, NotFound), ("nirgends", shown.mark, NotFound)):
        with pytest.raises(error):
            reviews.vote(RITA, RUN, Judgement(row, "left", mark))
    database.execute("UPDATE train_answers SET answer = 'anders' WHERE row_id = %s AND side = 'cand'", [shown.row_id])
    with pytest.raises(Conflict, match="inzwischen andere"):
        reviews.vote(RITA, RUN, Judgement(shown.row_id, "left", shown.mark))
    with pytest.raises(NotFound):
        reviews.next(RITA, "nirgends")


def test_which_side_won_is_told_to_who_is_done_and_whoever_was_told_judges_no_more(reviews: BlindReviews) -> None:
    list(pairs(reviews, RITA, right))
    list(pairs(reviews, OTTO, right, 3))
    told = {rater: reviews.progress(rater, RUN) for rater in (RITA, OTTO, EMIL)}
    assert [told[one]["told"] for one in (RITA, OTTO, EMIL)] == [True, False, False]
    assert told[RITA]["raters"][0]["won"] == {"cand": PAIRS} and told[RITA]["raters"][1]["won"] is None
    assert all(one["won"] is None for rater in (OTTO, EMIL) for one in told[rater]["raters"])
    with pytest.raises(Conflict, match="wenn Sie fertig sind"):
        reviews.votes(OTTO, RUN)
    votes = reviews.votes(EMIL, RUN)
    assert {vote["rater"] for vote in votes} == {RITA.token} and {vote["winner"] for vote in votes} == {"cand"}
    for again in (lambda: reviews.next(EMIL, RUN), lambda: list(pairs(reviews, EMIL, right))):
        with pytest.raises(Conflict, match="schon gesagt"):
            again()


def test_two_are_needed_and_who_began_the_run_is_not_enough_alone(reviews: BlindReviews, database: Database) -> None:
    limits = {"review_pairs": PAIRS}
    assert "fehlen 2" in reason(evaluated(database, RUN, **limits), "review")
    assert held(evaluated(database, RUN, review_needed=True, **limits)) == {"review"}
    list(pairs(reviews, EMIL, right))
    assert held(evaluated(database, RUN, review_needed=True, review_raters=1, **limits)) == {"review"}
    list(pairs(reviews, RITA, right))
    found = evaluated(database, RUN, review_needed=True, **limits)
    assert held(found) == set() and found["review"]["enough"] and found["review"]["kappa"] == 1.0
    assert found["win"]["voted"] == PAIRS


def test_votes_of_enough_people_overrule_facts_and_those_of_one_do_not(reviews: BlindReviews, database: Database) -> None:
    limits = {"review_pairs": PAIRS}
    before = evaluated(database, RUN, **limits)["win"]
    list(pairs(reviews, RITA, wrong))
    assert evaluated(database, RUN, **limits)["win"] == before
    list(pairs(reviews, OTTO, wrong))
    after = evaluated(database, RUN, **limits)["win"]
    assert after["voted"] == PAIRS and after["won"] == before["won"] - PAIRS and after["lost"] == before["lost"] + PAIRS


def test_raters_who_do_not_agree_prove_nothing(reviews: BlindReviews, database: Database) -> None:
    list(pairs(reviews, RITA, right))
    list(pairs(reviews, OTTO, lambda shown: right(shown) if shown.row_id[-1] in "024" else wrong(shown)))
    found = evaluated(database, RUN, review_pairs=PAIRS)
    assert "votes" in held(found) and found["review"]["kappa"] < 0.2


def test_the_page_of_the_journal_has_pseudonyms_and_counts_and_no_text(reviews: BlindReviews, tmp_path: Path) -> None:
    list(pairs(reviews, RITA, right))
    list(pairs(reviews, OTTO, right, 2))
    assert reviews.write() == 1
    page = read(tmp_path, "models/finetune_reviews.md")
    assert page is not None and RUN in page and RITA.token in page and "überfällig" in page
    assert f"| {RITA.token} | {PAIRS} | {PAIRS} | 0 | 0 |  |" in page and f"| {OTTO.token} | 2 |  |  |  |  |" in page
    assert "Arbeitspreis" not in page and "Was kostet" not in page


def test_who_asked_leaves_with_answers_and_votes_and_a_rater_leaves_their_pseudonym(reviews: BlindReviews, database: Database) -> None:
    shown = next(pairs(reviews, RITA, right, 1))
    reviews.vote(RITA, RUN, Judgement(shown.row_id, "tie", shown.mark, "Beide gut."))
    with database.transaction() as conn:
        personal.erase(conn, of("train_vote_notes"), personal.Ids(actor=personal.actors([RITA.user_id])))
        kept = conn.execute("SELECT rater FROM train_votes").fetchall()
        notes = conn.execute("SELECT count(*) AS n FROM train_vote_notes").fetchone()
    assert [row["rater"] for row in kept] == [RITA.token] and notes == {"n": 0}
    assert of("train_votes").how == "keep" and of("train_unblinded").how == "keep"
    database.execute("UPDATE train_answers SET lookups = %s WHERE row_id = %s", [[b"w" * 32, b"x" * 32], shown.row_id])
    with database.transaction() as conn:
        personal.erase(conn, of("train_answers"), personal.Ids(lookup=(b"x" * 32,)))
        left = conn.execute("SELECT (SELECT count(*) FROM train_votes) AS votes, (SELECT count(*) FROM train_answers"
                            " WHERE row_id = %s) AS answers", [shown.row_id]).fetchone()  # fmt: skip
    assert left == {"votes": 0, "answers": 0}


def of(table: str) -> personal.Personal:
    return next(one for one in personal.PERSONAL if one.table == table)


def card_of(database: Database, folder: Path, manifest: Any = MANIFEST) -> dict[str, Any]:
    return ModelCards(database, AuditLog(), folder, lambda: how(review_pairs=PAIRS)).make(EMIL, RUN, manifest)


def test_a_card_says_what_got_worse_first_and_names_nobody(reviews: BlindReviews, database: Database, tmp_path: Path) -> None:
    list(pairs(reviews, RITA, right))
    evaluated(database, RUN, review_pairs=PAIRS)
    found = card_of(database, tmp_path)
    text = found["text"]
    assert found["refused"] == [] and found["passed"] is True and read(tmp_path, found["place"]) == text
    heads = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert heads == ["Was schlechter wurde", "Basis", "Daten", "Einstellungen", "Gemessen", "Beurteilung", "Billigeres zum Vergleich",
                     "Durchsicht durch Menschen", "Grenzen", "Lizenz und Ausfuhr"]  # fmt: skip
    for told in ("nova-mini", "| Menschen | 7 |", "| lora.rank | 8 |", "| run_eur | 0,06 |", "Eigene Daten", "| Fertig | 1 |"):
        assert told in text, told
    assert RITA.token not in text and EMIL.token not in text and "Arbeitspreis" not in text


def test_a_card_before_an_evaluation_says_that_nothing_is_measured(database: Database, tmp_path: Path) -> None:
    assert "noch nicht gemessen" in card_of(database, tmp_path)["text"]


def test_a_forbidden_licence_gets_no_card(database: Database, tmp_path: Path) -> None:
    found = card_of(database, tmp_path, MANIFEST | {"licences": {"cc-by-nc-4.0": 3}})
    assert found["text"] == "" and "nicht gewerblich" in found["refused"][0] and not list(tmp_path.rglob("card.md"))
    with pytest.raises(Conflict):
        card_of(database, tmp_path, MANIFEST | {"digest": "0" * 64})


def test_what_is_due_is_seven_days_after_the_run(reviews: BlindReviews) -> None:
    assert (reviews.progress(RITA, RUN)["due_at"] - ENDED).days == 7
