"""Emergencies: a message in, the number to ring and what to do out, before any search; learned evidence that ships as text decides."""

from nova.answers.emergency.judge import judge
from nova.answers.emergency.notice import Hotlines, urgent

__all__ = ["Hotlines", "judge", "urgent"]
