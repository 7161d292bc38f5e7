"""One file a job, or a few that belong together: when it runs, what it calls, what it reports."""
