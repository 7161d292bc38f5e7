"""Policies for recommendations: a log of what was shown in, what another policy would have brought out."""
