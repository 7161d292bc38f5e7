"""Commands about data for those who learn: collected, cleaned, judged, kept in versions."""
