"""Shapes of measured quality: figures, alerts, gaps, reports, the editors' queue."""
