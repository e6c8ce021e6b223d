"""The themes of a consultation."""
