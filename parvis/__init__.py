"""Parvis: consultation of partners and residents, from the first sheet to the *contrat de ville*."""

__version__ = "0.1.0"
