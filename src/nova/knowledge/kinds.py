"""The jobs that documents start."""

from nova.ports.jobs import Kind

INGEST = Kind("ingest", "Dokument einlesen")
REINDEX = Kind("reindex", "Index wiederherstellen")
APPLY = Kind("apply", "Suchindex nachführen")
SWEEP = Kind("sweep", "Aufräumen")
EMBED = Kind("embed", "Passagen einbetten", long=True)
VECTOR_INGEST = Kind("vector-ingest", "Gespräche durchsuchbar machen")
WEIGH = Kind("weigh", "Einbettungsmodell messen", long=True)
