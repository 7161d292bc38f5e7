"""A weak prompt gets a draft with one more rule: readable as a prompt, once, and never in force by itself."""

from datetime import UTC, datetime

import pytest

from nova.answers.compose import prompt
from nova.flows.prompt_drafts import CITE, RULES, propose, varied
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.quality import prompts as rows

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_prompts(database: Database) -> None:
    database.execute("TRUNCATE prompts, releases CASCADE")


def test_a_variant_is_the_prompt_with_one_more_rule() -> None:
    base = prompt.builtin()
    found = prompt.parse(varied(prompt.text(), "neu-1", CITE), "x")
    assert found.version == "neu-1" and found.system == f"{base.system}\n- {CITE}"
    assert (found.persona, found.register, found.sarcasm) == (base.persona, base.register, base.sarcasm)


def test_it_is_a_draft_and_the_same_again_is_the_same_draft(database: Database) -> None:
    with database.transaction() as conn:
        one, again = (propose(conn, None, "groundedness", NOON) for _ in range(2))
        other = propose(conn, None, "negative_share", NOON)
        every = {row.version: row for row in rows.every(conn)}
    assert one == again and one != other and one is not None and set(every) == {one, other}
    assert all(row.state == "draft" and row.created_by == "chronos" for row in every.values())
    assert RULES["groundedness"] in prompt.parse(every[one].yaml, "x").system and every[one].note == "Vorschlag zu: Belegtreue"


def test_a_rule_that_is_in_force_is_not_proposed_again(database: Database) -> None:
    with database.transaction() as conn:
        one = propose(conn, None, "groundedness", NOON)
        assert one is not None
        releases.go_live(conn, rows.FAMILY, one, {}, "admin", NOON)
        assert propose(conn, None, "cited_share", NOON) is None
        two = propose(conn, None, "valid_citations", NOON)
        found = rows.get(conn, two or "")
    assert found is not None and CITE in prompt.parse(found.yaml, "x").system
