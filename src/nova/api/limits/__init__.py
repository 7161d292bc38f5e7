"""How much at once and how often: lines, turns, shares, budgets and refusals."""
