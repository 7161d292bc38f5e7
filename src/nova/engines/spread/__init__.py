"""Executors of tasks over parts: in this process, over the job queue, on a Ray cluster."""
