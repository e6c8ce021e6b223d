"""Views of the partners' surface."""
