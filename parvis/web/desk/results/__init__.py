"""What partners think: tables, quadrant, comments, the leads' replies, publication."""
