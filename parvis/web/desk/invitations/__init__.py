"""Invitations: send, print, remind, revoke; who opened, who answered, who is silent."""
