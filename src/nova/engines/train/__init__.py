"""Tuning a model in a process of its own: torch, transformers, TRL and PEFT are loaded there and nowhere else."""
