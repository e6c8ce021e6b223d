"""Figures of opinions: awareness, appreciation, spread, masking of small numbers. Pure: no Django, no database.

A library of its own: rows in, frozen figures out; the docstring of each module gives its method.
"""
