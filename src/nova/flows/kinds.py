"""The jobs that flows start."""

from nova.ports.jobs import Kind

ERASE = Kind("erase", "Unfertige Löschungen fortsetzen")
PROVE = Kind("prove", "Probe der letzten Sicherung")
RELEARN = Kind("relearn", "Nach einem Widerruf neu lernen")
SNAPSHOT = Kind("snapshot", "Sicherung")
WIPE = Kind("wipe", "Spuren nach einem Widerruf beseitigen")
ITEMS = "items"
"""What WIPE is told where passages or what was published went: they hold the company's documents too and may be large."""
