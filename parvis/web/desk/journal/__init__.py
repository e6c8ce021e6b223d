"""« Qui a fait quoi »: the journal, read by agents."""
