"""The logo of a consultation's authority."""
