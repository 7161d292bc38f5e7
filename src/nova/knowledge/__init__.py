"""Documents in, searchable passages out: intake, reading, chunks, versions, the index and its rebuild, and erasing."""
