"""The tree of territories, and the official files that feed it."""
