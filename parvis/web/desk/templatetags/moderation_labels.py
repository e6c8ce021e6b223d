"""What the kinds of published things are called."""

from __future__ import annotations

from django import template

from parvis.publishing.registry import kind_named

register = template.Library()


@register.filter
def kind_label(name: str) -> str:
    """« Rencontre », « Passage du compte-rendu »…"""
    return kind_named(name).label
