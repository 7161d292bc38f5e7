"""Folded text in, spans of personal data out: one file a family of values. A new recogniser joins by a line in ALL, strongest first."""

from nova.privacy.recognise.bank import ibans
from nova.privacy.recognise.grid import locations, metering_points, meters
from nova.privacy.recognise.mail import mails
from nova.privacy.recognise.phone import phones
from nova.privacy.recognise.tax import tax_ids
from nova.privacy.spans import Recogniser

ALL: tuple[Recogniser, ...] = (mails, ibans, metering_points, meters, tax_ids, locations, phones)
"""Where two spans overlap, the earlier recogniser's stands."""

STRICT: tuple[Recogniser, ...] = ()
"""What a stricter scan looks for besides."""

__all__ = ["ALL", "STRICT"]
