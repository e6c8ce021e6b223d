"""What several apps tell together, as frozen dataclasses: rows become the content of a page, a document or a data set.

Nothing is rendered here: HTML is made by the surfaces, files by `documents`. No tables, no web address. What one app
alone can tell is built in that app (`content.py`, `queries.py`). Grouped by reader or by subject, one package each.
"""
