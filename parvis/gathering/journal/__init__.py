"""Who did what: the journal told in sentences, to those who may read it."""
