"""Shared template parts, style, icons and a gallery page. Imports no data app. The guide is README.md beside this."""
