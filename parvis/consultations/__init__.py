"""Consultations, their phases and themes, contributions, flags and editions."""
