"""MLflow's client as far as a mirror uses it: it writes what it is told into `told.jsonl` of the folder it runs in."""
