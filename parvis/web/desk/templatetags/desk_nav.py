"""What every page of the desk carries: its navigation, and which drafts of the device are saved."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from parvis.people.actor import actor_of
from parvis.people.enums import RoleKind
from parvis.people.rules import MODERATE, roles_held
from parvis.web.desk.saved_drafts import take_saved_drafts

register = template.Library()

_ENTRIES = (
    ("home", "desk:home", "Ce qui m'attend"),
    ("consultations", "desk:consultations", "Concertations"),
    ("meetings", "desk:meetings", "Rencontres"),
    ("territories", "desk:territories", "Territoires"),
    ("glossary", "desk:glossary", "Glossaire"),
)


@register.inclusion_tag("desk/nav.html")
def desk_nav(request: HttpRequest, section: str | None) -> dict[str, Any]:
    """`{% desk_nav request section %}`: `section` is the entry one is in."""
    actor = actor_of(request)
    roles = roles_held(actor)
    moderation = [("moderation", "desk:flags", "Modération")] if roles.intersection(MODERATE) else []
    administration = [("agents", "desk:agents", "Agents")] if RoleKind.ADMINISTRATOR in roles else []
    entries = [*_ENTRIES, *moderation, *administration]
    return {"entries": entries, "section": section, "actor": actor}


@register.simple_tag
def saved_drafts(request: HttpRequest) -> str:
    """`{% saved_drafts request %}`: the names of those saved since the last page, for the device to drop them."""
    return " ".join(take_saved_drafts(request))
