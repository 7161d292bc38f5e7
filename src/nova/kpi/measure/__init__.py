"""Rows of people and answers in, figures by the hour and over any window out."""
