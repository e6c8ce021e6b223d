"""The directory of partners: organisations, contacts, perimeters, imports."""
