"""The embedded database: SQLite, one writer at a time in a process."""
