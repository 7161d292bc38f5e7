"""Who may do what: the roles of people and programs, and one table of what each is allowed.

The doors of the API, the description of its routes, `docs/reference/roles.md` and the pages that somebody is shown are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Role = Literal["admin", "customer", "employee", "reviewer", "engineer", "auditor", "service"]
Capability = Literal[
    "use",
    "company",
    "serve",
    "review",
    "measure",
    "data",
    "operate",
    "examine",
    "learned",
    "learn",
    "promote",
    "library",
    "rights",
    "people",
    "configure",
    "reidentify",
]


@dataclass(frozen=True, slots=True)
class RoleCard:
    """What people call a role, who that is, and what they may do."""

    title: str
    who: str
    may: frozenset[Capability]


CAPABILITIES: Final[Mapping[Capability, str]] = {
    "use": "Luna fragen, eigene Dokumente, eigene Zähler, eigene Daten",
    "company": "Zähler und Lieferungen sehen, die der Firma gehören",
    "serve": "übergebene Gespräche übernehmen und Briefe entwerfen",
    "review": "Gespräche lesen, deren Auswertung zugestimmt wurde, und Antworten durchsehen",
    "measure": "Kennzahlen, Alarme, Wissenslücken, Tickets und Berichte",
    "data": "Messwerte und Preise der Firma aufnehmen, Quellen, Simulator und Prognosen steuern",
    "operate": "Betrieb sehen: Dienste, alle Aufträge, Sicherungen",
    "examine": "Protokoll, Einwilligungen, Löschbelege und Fristen prüfen",
    "learned": "Gelerntes und Prompts ansehen",
    "learn": "Lernen anstoßen, freigeben und zurücknehmen",
    "promote": "Trainierte Modelle zu zweit in Dienst nehmen, allein zurücknehmen",
    "library": "Dokumente der Firma verwalten",
    "rights": "Betroffenenrechte ausführen: suchen, ausgeben, löschen",
    "people": "Personen einladen, Rollen und Zugänge vergeben, Zähler zuordnen",
    "configure": "Schwellen, Wortschatz, Sicherungen und Einstellungen ändern",
    "reidentify": "Kennzeichen auflösen",
}
_PERSON: frozenset[Capability] = frozenset({"use"})
_STAFF: frozenset[Capability] = _PERSON | {"company", "serve"}
ROLES: Final[Mapping[Role, RoleCard]] = {
    "customer": RoleCard("Kundschaft", "Wer beliefert wird: fragt Luna, sieht die eigenen Zähler und Unterlagen.", _PERSON),
    "employee": RoleCard("Mitarbeit", "Wer im Haus Fragen hat oder Kundschaft berät.", _STAFF),
    "reviewer": RoleCard("Redaktion", "Wer Antworten durchsieht und verbessert.", _STAFF | {"review"}),
    "engineer": RoleCard(
        "Datentechnik", "Wer sich um Daten, Aufträge und Betrieb kümmert.", _STAFF | {"measure", "data", "operate", "learned", "promote"}
    ),
    "auditor": RoleCard("Revision", "Wer nachprüft, was getan und gelernt wurde.", _PERSON | {"company", "examine", "learned"}),
    "admin": RoleCard("Betriebsverwaltung", "Wer Nova betreibt und verantwortet.", frozenset(get_args(Capability)) - {"reidentify"}),
    "service": RoleCard("Dienstkonto", "Ein Programm, das Kennzeichen auflöst.", frozenset({"reidentify"})),
}
STAFF: Final[frozenset[Role]] = frozenset(role for role, card in ROLES.items() if "company" in card.may)


def may(role: Role, capability: Capability) -> bool:
    """Whether somebody in this role is allowed it."""
    return capability in ROLES[role].may


def those_who_may(*capabilities: Capability) -> frozenset[Role]:
    """The roles that have all of these."""
    return frozenset(role for role, card in ROLES.items() if card.may.issuperset(capabilities))
