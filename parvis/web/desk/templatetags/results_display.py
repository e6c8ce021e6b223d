"""How the results of a consultation are displayed: labels of values and colleges, shares, coordinates."""

from __future__ import annotations

from django import template

from parvis.gathering.results.labels import label_of
from parvis.people.enums import college_name

register = template.Library()


@register.filter
def value_label(value: str) -> str:
    """« À renforcer »; out of scope and divided too."""
    return label_of(value)


@register.filter
def college_label(college: str) -> str:
    """« Social et santé »."""
    return college_name(college)


@register.filter
def percent(share: float | None) -> str:
    """`0.584` → « 58 % », None → « – »."""
    return "–" if share is None else f"{share * 100:.0f}\u00a0%"


@register.filter
def signed(number: float) -> str:
    """`-0.25` → « −0,25 »."""
    return f"{number:.2f}".replace(".", ",").replace("-", "−")


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG takes it."""
    return f"{number:.1f}"


@register.filter
def split_words(words: str) -> list[str]:
    return words.split()
