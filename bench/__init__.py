"""Measures, never tests: ratios taken in one run against a named floor. `make bench` prints them."""
