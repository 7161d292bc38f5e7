"""What lies where in a snapshot's archive."""

from nova.knowledge.files import RAW, TEXTS

DATABASE, SETTINGS = "database.dump", "settings.json"
INDEX, OBJECTS = "index/", "objects/"
PREFIXES = {"raw": RAW, "processed": TEXTS}
