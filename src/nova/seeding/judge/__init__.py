"""Judging: how good a record is and why, what of a frame is skewed or has moved, and what a policy lets through."""

from nova.seeding.judge.bias import mitigation, resampled, reweighed
from nova.seeding.judge.policy import Policy, chosen, gate, read_policies
from nova.seeding.judge.profile import Profile, fit, sample
from nova.seeding.judge.quality import score
from nova.seeding.judge.report import Verdict, judge
from nova.seeding.judge.what_if import what_if

__all__ = [
    "Policy", "Profile", "Verdict", "chosen", "fit", "gate", "judge", "mitigation", "read_policies",
    "resampled", "reweighed", "sample", "score", "what_if",
]  # fmt: skip
