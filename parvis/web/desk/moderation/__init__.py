"""Moderation: answer flags; hide, show again, erase what was published."""
