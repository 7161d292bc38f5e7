"""Budgets of processor time: buckets that fill by the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nova.api.limits.budgets import MINUTE, Bucket, Budgets
from nova.errors import BudgetSpent
from nova.records import Caller
from nova.settings import Settings

SECONDS = some.floats(0, 500)
ANNA, RITA, OPERATOR = Caller("customer"), Caller("reviewer"), Caller("admin")


@given(some.integers(1, 3600), some.lists(some.tuples(SECONDS, SECONDS), max_size=40))
def test_a_bucket_never_gives_more_than_a_full_one_and_what_has_come_since(size: int, steps: list[tuple[float, float]]) -> None:
    """Whoever begins only while something is left takes no more than the budget, but for the last piece of work."""
    now, taken, last = 0.0, 0.0, 0.0
    bucket = Bucket(size, size, 0.0)
    for pause, work in steps:
        now += pause
        work = min(work, size)  # a larger debt is forgiven
        if bucket.left(now) > 0:
            bucket, taken, last = bucket.less(work, now), taken + work, work
        assert -size <= bucket.left(now) <= size
        assert taken - last <= size + now * size / MINUTE + 1e-6


@given(some.integers(1, 3600), SECONDS, some.floats(0, 10_000))
def test_who_waits_as_long_as_told_may_begin_and_not_long_before(size: int, work: float, now: float) -> None:
    bucket = Bucket(size, size, 0.0).less(work, now)
    wait = bucket.wait(now)
    assert wait <= MINUTE + 1
    assert bucket.wait(now + wait) == 0
    assert (wait == 0) == (bucket.left(now) > 0)
    if wait > 2:
        assert bucket.wait(now + wait - 2) > 0


@given(some.integers(1, 100), some.floats(0, 1000), some.floats(0, 1000))
def test_a_clock_that_stands_still_or_goes_back_gives_nothing(size: int, now: float, back: float) -> None:
    bucket = Bucket(size, 0.0, now)
    assert bucket.left(now - back) == 0.0


def test_roles_have_budgets_of_their_own() -> None:
    now = 0.0
    budgets = Budgets(Settings(NOVA_BUDGET=10, NOVA_BUDGET_STAFF=20, NOVA_BUDGET_ADMIN=0), clock=lambda: now)
    assert (budgets.size(ANNA), budgets.size(RITA), budgets.size(OPERATOR)) == (10.0, 20.0, None)
    for _ in range(3):
        budgets.charge(ANNA, "anna", 5.0)
        budgets.charge(OPERATOR, "admin", 500.0)
    budgets.require(RITA, "rita")
    budgets.require(OPERATOR, "admin")
    with pytest.raises(BudgetSpent) as refused:
        budgets.require(ANNA, "anna")
    error = refused.value
    assert (error.status, error.code, error.data) == (429, "budget", {"retry_after": 31, "seconds": 10.0})
    assert error.message == "Ihre Rechenzeit ist aufgebraucht: 10 s je Minute stehen Ihnen zu. In 31 s geht es weiter."
    budget = budgets.of(ANNA, "anna")
    assert budget is not None and (budget.left, budget.wait) == (0.0, 31)
    now = 31.0
    budgets.require(ANNA, "anna")


def test_without_rate_limits_nothing_is_budgeted() -> None:
    budgets = Budgets(Settings(NOVA_RATE_LIMITS="off", NOVA_BUDGET=1))
    budgets.charge(ANNA, "anna", 100.0)
    budgets.require(ANNA, "anna")
    assert budgets.of(ANNA, "anna") is None
