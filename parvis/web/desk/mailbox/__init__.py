"""The letters of the demonstration."""
