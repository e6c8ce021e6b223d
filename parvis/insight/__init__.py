"""What opinions say, counted: awareness, appreciation, spread, masking. Pure: no Django, no database.

A library of its own: rows in, frozen figures out, the method told in each module.
"""
