"""Folded text in, spans of personal data out: one file a family of values. A new recogniser joins by a line in ALL, strongest first."""

from nova.privacy.names import names, perhaps_names
from nova.privacy.places import addresses, perhaps_addresses
from nova.privacy.recognise.account import accounts
from nova.privacy.recognise.bank import ibans
from nova.privacy.recognise.card import cards
from nova.privacy.recognise.dates import birth_dates
from nova.privacy.recognise.evidence import births, certain_births, certain_cards, numbers, perhaps_births, perhaps_numbers
from nova.privacy.recognise.grid import certain_locations, locations, metering_points, meters
from nova.privacy.recognise.mail import mails
from nova.privacy.recognise.network import ips
from nova.privacy.recognise.phone import phones
from nova.privacy.recognise.plate import plates
from nova.privacy.recognise.tax import tax_ids
from nova.privacy.spans import Recogniser

ALL: tuple[Recogniser, ...] = (
    mails,
    ibans,
    metering_points,
    certain_locations,
    certain_cards,
    certain_births,
    meters,
    accounts,
    ips,
    birth_dates,
    cards,
    tax_ids,
    locations,
    plates,
    addresses,
    phones,
    births,
    numbers,
    names,
)
"""Where two spans overlap, the earlier recogniser's stands."""

STRICT: tuple[Recogniser, ...] = (perhaps_names, perhaps_addresses, perhaps_births, perhaps_numbers)
"""What a stricter scan looks for besides."""

__all__ = ["ALL", "STRICT"]
