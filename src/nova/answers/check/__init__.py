"""Draft sentences in, checked and cited ones out, or a refusal."""
