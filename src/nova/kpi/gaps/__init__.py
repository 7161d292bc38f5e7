"""Weakly answered questions in, knowledge gaps out; closed once documents answer them."""
