"""What runs without a person: the worker, and one file a job."""
