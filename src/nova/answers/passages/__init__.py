"""Sections and passages as answers read them: statements, names, places."""
