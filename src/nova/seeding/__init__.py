"""Data for those who learn: collected, cleaned, judged, kept in versions whose every row leads back to where it came from.

A record has an `id`. What a step takes out is written down with its reason and can be put back; a fact (number, unit, date, id, place) is
never merged away. Frames are Polars frames; only this room and the exports use Polars.
"""
