"""What partners think of the sheets: for the desk, for leads, for everyone once published."""
