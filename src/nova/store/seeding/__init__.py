"""Tables of the room seeding: runs, raw batches, removals, versions with their lineage, deliveries and objections."""
