"""The kinds of values that settings have: each with what it has to look like, and what is said in German of one that does not."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from nova.roles import ROLES, STAFF

AGE_PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")
SHORTEST_KEY = 24
DAEMON = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
LONGEST_SOCKET_PATH = 107
TELEPHONE = re.compile(r"(?=(?:\D*\d){3,15}\D*\Z)\+?[0-9(][0-9 ()/.-]{1,28}[0-9]")
NOBODYS_HOTLINE = frozenset({"110", "112", "116117"})  # police, fire brigade, doctors on call
HERE = ("localhost", "127.0.0.1", "::1")


def _words(value: object) -> object:
    """Turn "a, b" into ("a", "b"); anything else is left to pydantic."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _rate(value: str) -> str:
    count, _, unit = value.partition("/")
    if not count.strip().isdigit() or int(count) < 1 or unit.strip() not in {"second", "minute", "hour", "day"}:
        raise ValueError("erwartet wird zum Beispiel 30/minute (second, minute, hour, day)")
    return value


def _part_of_an_hour(value: int) -> int:
    if value % 60 or 3600 % value:
        raise ValueError("erwartet werden ganze Minuten, die eine Stunde ohne Rest teilen (60, 300, 900, 3600)")
    return value


def _staff(value: tuple[str, ...]) -> tuple[str, ...]:
    working = STAFF - {"admin"}
    if not working.issuperset(value):
        raise ValueError(f"es gibt {', '.join(sorted(working))}")
    return value


def _groups(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        group, _, role = one.rpartition("=")
        if not group.strip() or role.strip() not in ROLES or role.strip() == "service":
            raise ValueError("erwartet wird Gruppe=Rolle, zum Beispiel nova-betrieb=admin, redaktion=reviewer")
    return value


def _issuer(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("erwartet wird die Adresse, als die sich die Anmeldung nennt, zum Beispiel https://login.example.org/realms/firma")
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise ValueError("ohne https:// kann jeder auf dem Weg mitlesen, wer sich anmeldet")
    return value


def _telephone(value: str) -> str:
    number = " ".join(value.split())
    if number and (not TELEPHONE.fullmatch(number) or re.sub(r"\D", "", number) in NOBODYS_HOTLINE):
        raise ValueError("erwartet wird Ihre eigene Telefonnummer, zum Beispiel 0800 123 4567")
    return number


def _long(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f"mindestens {SHORTEST_KEY} zufällige Zeichen (`openssl rand -hex 32`)")
    return value


def _address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("erwartet wird eine Adresse mit http:// oder https://")
    return value.rstrip("/")


def _daemon(value: str) -> str:
    path = value.removeprefix("unix:")
    if path != value:
        good = path.startswith("/") and "\0" not in path and len(path.encode()) <= LONGEST_SOCKET_PATH
    else:
        found = DAEMON.fullmatch(value)
        good = not value or (found is not None and 0 < int(found["port"]) < 65536)
    if not good:
        raise ValueError("erwartet wird host:port oder unix:/pfad/zum/socket")
    return value


def _public_key(value: str) -> str:
    if value and not AGE_PUBLIC_KEY.fullmatch(value):
        raise ValueError("erwartet wird ein öffentlicher Schlüssel von age (age1...), nie der geheime")
    return value


Switch = Literal["on", "off"]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
StaffRoles = Annotated[Words, AfterValidator(_staff)]
GroupRoles = Annotated[Words, AfterValidator(_groups)]
Rate = Annotated[str, AfterValidator(_rate)]
PartOfHour = Annotated[int, AfterValidator(_part_of_an_hour)]
Telephone = Annotated[str, AfterValidator(_telephone)]
LongSecret = Annotated[SecretStr, AfterValidator(_long)]
Address = Annotated[str, AfterValidator(_address)]
Issuer = Annotated[str, AfterValidator(_issuer)]
Daemon = Annotated[str, AfterValidator(_daemon)]
AgeKey = Annotated[str, AfterValidator(_public_key)]


def refusal(error: ValidationError) -> str:
    """What is wrong with settings, each named; for people."""
    parts = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"]) or "Einstellungen"
        parts.append(f"{name}: {_german(problem)}")
    return "Falsche Einstellung: " + "; ".join(parts)


def _german(problem: ErrorDetails) -> str:
    limits = problem.get("ctx", {})
    match problem["type"]:
        case "value_error":
            return problem["msg"].removeprefix("Value error, ")
        case "int_parsing" | "int_type":
            return "erwartet wird eine ganze Zahl"
        case "greater_than_equal":
            return f"mindestens {limits['ge']}"
        case "less_than_equal":
            return f"höchstens {limits['le']}"
        case "literal_error":
            return "erlaubt sind " + str(limits["expected"]).replace(" or ", " und ")
        case _:
            return "der Wert ist ungültig"
