"""Official files (QPVs, communes, outlines) → what they say of each territory. Reads no database."""
