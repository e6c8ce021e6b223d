"""The report of a meeting: as it is published, as it would be, as those present check it."""
