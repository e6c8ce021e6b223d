"""The names of what organisations answer."""

from __future__ import annotations

from parvis.insight.opinion_rows import DIVIDED
from parvis.sheets.enums import OpinionValue


def label_of(category: str) -> str:
    """« À renforcer », « Avis partagés »…"""
    return "Avis partagés" if category == DIVIDED else str(OpinionValue(category).label)
