"""What somebody wants who writes to Luna, told before anything is searched; and what a conversation is about."""
