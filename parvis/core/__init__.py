"""Codes, journal, clock, errors, guards and signals: no word of the domain lives here."""
