"""Rows become the content of a page, a document or a data set, as frozen dataclasses. Nothing is rendered here."""
