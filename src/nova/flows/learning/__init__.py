"""What was learned: a candidate from judgements, measured against what is live; and learned anew after somebody was forgotten."""
