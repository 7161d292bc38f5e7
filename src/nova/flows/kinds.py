"""The jobs that flows start."""

from nova.ports.jobs import Kind

ERASE = Kind("erase", "Unfertige Löschungen fortsetzen")
POLICY = Kind("policy", "Eine Regel für Empfehlungen lernen")
PROVE = Kind("prove", "Probe der letzten Sicherung")
ENGINES = Kind("engines", "Datensätze an Engines liefern", long=True)
ENGINE_RECALL = Kind("engine_recall", "Von Engines zurückholen, was jemand verlassen hat")
SEED = Kind("seed", "Daten aufbereiten", long=True)
SEED_DUE = Kind("seed_due", "Fällige Aufbereitungen beginnen")
SEED_LEAVE = Kind("seed_leave", "Personen nach einem Widerspruch aus Datensätzen nehmen")
SEED_PART = Kind("seed_part", "Einen Teil der Daten aufbereiten")
SEED_SWEEP = Kind("seed_sweep", "Reste der Aufbereitung beseitigen")
TRAIN = Kind("train", "Ein Modell feinabstimmen", long=True)
TRAIN_GPU = Kind("train_gpu", "Ein Modell auf einer Grafikkarte feinabstimmen", long=True)
TRAIN_JUDGE = Kind("train_judge", "Ein feinabgestimmtes Modell beurteilen")
ADAPTER_WATCH = Kind("adapter_watch", "Nach dem Adapter sehen, der dient")
PREFLIGHT = Kind("train_preflight", "Messen, was eine Feinabstimmung braucht", long=True)
SNAPSHOT = Kind("snapshot", "Sicherung")
WIPE = Kind("wipe", "Spuren nach einem Widerruf beseitigen")
ITEMS = "items"
"""What WIPE is told where passages or what was published went: they hold the company's documents too and may be large."""
