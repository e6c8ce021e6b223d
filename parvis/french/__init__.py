"""How things are written in French, each once: kinds of contribution, dates, counts.

A pure package that anything may import: it imports nothing of Parvis.
"""
