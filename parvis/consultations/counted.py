"""Whose words count, and who came by a link that anyone may hand on."""

from __future__ import annotations

from django.db.models import Q

from parvis.consultations.enums import InvitationKind, Origin, Standing


def counted(prefix: str = "") -> Q:
    """Participants whose words are in figures. `prefix`: the way to the participant, `participant__`."""
    return Q(**{f"{prefix}standing": Standing.COUNTED})


def came_by_shared_link() -> Q:
    """Participants whom nobody invited by name, and those about whom the project team decided."""
    shared = Q(came_by__kind__in=(InvitationKind.OPEN, InvitationKind.ORGANISATION)) | Q(origin=Origin.ONLINE)
    return shared | Q(decided_at__isnull=False) | ~counted()
