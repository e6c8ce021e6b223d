"""The project team of a consultation."""
