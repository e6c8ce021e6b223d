"""The headings that the reading of reports learns from agents."""
