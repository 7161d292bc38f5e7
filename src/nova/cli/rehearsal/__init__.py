"""A throw-away Nova in, the flywheel turned once before one's eyes out: only `nova smoke` comes here, and only with a folder of its own."""
