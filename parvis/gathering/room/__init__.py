"""A workshop as its screens, its tables and its phones show it."""
