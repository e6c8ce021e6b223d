"""What programs ask: the outbox's door, and the description of it all. Bearer keys, never a cookie."""
