"""The kinds that no upper app owns: consultations and contributions."""
