"""Values of settings in, the same or a ValueError with its German reason out."""

import re
from urllib.parse import urlsplit

from pydantic import SecretStr

from nova.roles import ROLES, STAFF

AGE_PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")
SHORTEST_KEY = 24
DAEMON = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
LONGEST_SOCKET_PATH = 107
TELEPHONE = re.compile(r"(?=(?:\D*\d){3,15}\D*\Z)\+?[0-9(][0-9 ()/.-]{1,28}[0-9]")
NOBODYS_HOTLINE = frozenset({"110", "112", "116117"})  # police, fire brigade, doctors on call


def rate(value: str) -> str:
    """How often: a count and a unit."""
    count, _, unit = value.partition("/")
    if not count.strip().isdigit() or int(count) < 1 or unit.strip() not in {"second", "minute", "hour", "day"}:
        raise ValueError("erwartet wird zum Beispiel 30/minute (second, minute, hour, day)")
    return value


def part_of_an_hour(value: int) -> int:
    """Whole minutes that divide an hour."""
    if value % 60 or 3600 % value:
        raise ValueError("erwartet werden ganze Minuten, die eine Stunde ohne Rest teilen (60, 300, 900, 3600)")
    return value


def staff_roles(value: tuple[str, ...]) -> tuple[str, ...]:
    """Roles of those who work for the company, operators aside."""
    working = STAFF - {"admin"}
    if not working.issuperset(value):
        raise ValueError(f"es gibt {', '.join(sorted(working))}")
    return value


def groups(value: tuple[str, ...]) -> tuple[str, ...]:
    """Which group is which role."""
    for one in value:
        group, _, role = one.rpartition("=")
        if not group.strip() or role.strip() not in ROLES or role.strip() == "service":
            raise ValueError("erwartet wird Gruppe=Rolle, zum Beispiel nova-betrieb=admin, redaktion=reviewer")
    return value


def issuer(value: str) -> str:
    """The address of an OpenID Connect issuer."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError(
            "erwartet wird die Adresse, unter der sich die Anmeldung nennt, zum Beispiel https://login.example.org/realms/firma"
        )
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("ohne https:// kann jeder auf dem Weg mitlesen, wer sich anmeldet")
    return value


def telephone(value: str) -> str:
    """A telephone of the company's own; digits and spaces as they were, tidy."""
    number = " ".join(value.split())
    if number and (not TELEPHONE.fullmatch(number) or re.sub(r"\D", "", number) in NOBODYS_HOTLINE):
        raise ValueError("erwartet wird Ihre eigene Telefonnummer, zum Beispiel 0800 123 4567")
    return number


def long_key(value: SecretStr | None) -> SecretStr | None:
    """A key that nobody guesses."""
    if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f"mindestens {SHORTEST_KEY} zufällige Zeichen (`openssl rand -hex 32`)")
    return value


def address(value: str) -> str:
    """An address with its scheme, without a slash at its end."""
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("erwartet wird eine Adresse mit http:// oder https://")
    return value.rstrip("/")


def daemon(value: str) -> str:
    """Where a daemon listens."""
    path = value.removeprefix("unix:")
    if path != value:
        good = path.startswith("/") and "\0" not in path and len(path.encode()) <= LONGEST_SOCKET_PATH
    else:
        found = DAEMON.fullmatch(value)
        good = not value or (found is not None and 0 < int(found["port"]) < 65536)
    if not good:
        raise ValueError("erwartet wird host:port oder unix:/pfad/zum/socket")
    return value


def public_key(value: str) -> str:
    """A public key of age."""
    if value and not AGE_PUBLIC_KEY.fullmatch(value):
        raise ValueError("erwartet wird ein öffentlicher Schlüssel von age (age1...), nie der geheime")
    return value
