"""The kinds of jobs of this room; their handlers are in `nova.jobs`."""

from nova.ports.jobs import Kind

IMPORT = Kind("series-import", "Messwerte einlesen")
RETENTION = Kind("retention", "Aufbewahrung der Messwerte")
TAKE_BACK = Kind("take-back", "Lieferung zurücknehmen")
FACTS = Kind("facts", "Angaben neu rechnen")
FORECAST = Kind("forecast", "Vorhersagen")
RECOMMEND = Kind("recommend", "Empfehlungen")
