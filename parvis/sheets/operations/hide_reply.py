"""The reply of a lead withheld wherever results are shown, or shown again."""

from __future__ import annotations

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.signals import content_hidden
from parvis.people.models import User
from parvis.publishing.operations.withhold_lines import hide_in_editions, show_in_editions
from parvis.sheets.content import reply_reference
from parvis.sheets.models import ActionSheet, LeadReply


@transaction.atomic
def hide_reply(actor: User, sheet: ActionSheet, *, hidden: bool, reason: str = "") -> None:
    """Withhold the reply on a sheet wherever results are shown, published ones too, or show it again."""
    LeadReply.objects.filter(sheet=sheet).update(hidden_at=clock.now() if hidden else None)
    (hide_in_editions if hidden else show_in_editions)(reply_reference(sheet.code))
    journal.record(actor, "hide_reply" if hidden else "restore_reply", sheet, reason=reason)
    content_hidden.send(sender=LeadReply, kind="lead_reply", code=sheet.code)
