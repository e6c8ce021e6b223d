"""Ahead on the path (`PYTHONPATH`), it hides the wheel: the program falls back on the SQLite of Python."""

raise ImportError("no wheel here")
