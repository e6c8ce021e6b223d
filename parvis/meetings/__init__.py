"""Meetings, and the minutes written from them."""
