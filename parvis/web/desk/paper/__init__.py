"""What came on paper: fast entry of booklets, stickers counted, opinions that came late."""
