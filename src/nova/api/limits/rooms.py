"""Settings in, the lines before each kind of work out: how many are served at once and how many may wait, of all and of each caller."""

from dataclasses import dataclass

from nova.api.limits.turns import Line, Room
from nova.settings import Settings

LIGHT, LIGHT_EACH = 32, 4  # of the forty threads that there are; questions take some, too
RECEIVING, RECEIVING_EACH = 8, 2  # each holds its file in memory and a connection to the database
GUESSES, GUESSES_EACH = 4, 1  # two passwords are looked at at once
WAITING, WAITING_EACH = 16, 4  # for jobs and for other machines, apart from those that work
QUEUE, QUEUE_EACH = 64, 16


@dataclass(frozen=True, slots=True)
class Rooms:
    """The lines of an app."""

    asking: Line
    light: Line
    costly: Line
    receiving: Line
    waiting: Line
    guesses: Line


def rooms(settings: Settings) -> Rooms:
    """New lines, all empty. Of what computes one caller may have all places but one."""
    asks, costly = settings.ask_slots, settings.costly_slots
    queue = settings.NOVA_ASK_QUEUE
    return Rooms(
        asking=Line(Room(asks, queue, max(1, asks - 1), max(1, queue // 4) if queue else 0, "Fragen beantwortet")),
        light=Line(Room(LIGHT, 1000, LIGHT_EACH, 200, "Anfragen beantwortet")),
        costly=Line(Room(costly, QUEUE, max(1, costly - 1), QUEUE_EACH, "Berechnungen gemacht")),
        receiving=Line(Room(RECEIVING, QUEUE, RECEIVING_EACH, QUEUE_EACH, "Dateien aufgenommen")),
        waiting=Line(Room(WAITING, 0, WAITING_EACH, 0, "Adressen geladen")),
        guesses=Line(Room(GUESSES, 200, GUESSES_EACH, 20, "Anmeldungen geprüft")),
    )
