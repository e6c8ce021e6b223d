"""What an invited partner reads."""
