"""Files that people take away: pdf, docx, odt, xlsx, ods, csv, json and ics, made from frozen dataclasses.

A pure package: it knows neither Django nor the database, and serves as a library.
"""
