"""Writes: one function per verb. Each owns its transaction and its journal row."""
