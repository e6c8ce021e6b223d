"""The life of a consultation: opened, archived, taken out of the archive, deleted, copied."""
