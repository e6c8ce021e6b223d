"""The texts of the mails of a consultation: written, looked at, tried on oneself."""
