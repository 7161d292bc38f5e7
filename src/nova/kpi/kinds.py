"""The kinds of jobs that this room starts."""

from nova.ports.jobs import Kind

KPI, AGAIN = Kind("kpi", "Kennzahlen messen"), "Kennzahlen nachmessen"
ALERTS = Kind("alerts", "Alarme")
NOTIFY = Kind("notify", "Benachrichtigung")
LEARN = Kind("learn", "Lernen aus Rückmeldungen")
RELEARN = Kind("relearn", "Nach einem Widerruf neu lernen")
FILL = Kind("review", "Durchsicht füllen")
PUBLISH = Kind("publish", "Freigegebene Antworten veröffentlichen")
AGREEMENT = Kind("agreement", "Einigkeit der Redaktion messen")
ASK_AGAIN = Kind("ask_again", "Fragen noch einmal stellen")
REPORT = Kind("report", "Fortschrittsbericht")
