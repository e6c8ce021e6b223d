"""Codes, journal, clock, errors, guards, signals, sealing and the queue of mails: no word of the domain lives here."""
