"""What agents read at the desk, when several apps answer."""
