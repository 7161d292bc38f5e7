"""Datasets delivered to engines: what each reads is made of a version, measured by its own figure, and committed or taken back."""
