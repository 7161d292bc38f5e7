"""`thresholds.yaml` in, rules out; figures held against them, and what they would have done."""
