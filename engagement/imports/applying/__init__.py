"""Apply a plan to the database, and undo it."""
