"""The acronyms of a territory, in full."""
