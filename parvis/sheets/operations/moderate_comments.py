"""Comments hidden, shown again, erased. The value of the opinion stays: it names nobody."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import OutboxOp
from parvis.core import clock, journal
from parvis.core.erasure import wipe_on_commit
from parvis.core.signals import content_hidden
from parvis.people.models import User
from parvis.sheets.models import Opinion


@transaction.atomic
def hide_comment(actor: User, opinion: Opinion) -> None:
    """Withhold a comment from every page and file; what replaces it later stays withheld until it is shown again."""
    Opinion.objects.filter(pk=opinion.pk).update(comment_hidden_at=clock.now())
    journal.record(actor, "hide_comment", opinion)
    content_hidden.send(sender=Opinion, kind="comment", code=opinion.code)


@transaction.atomic
def restore_comment(actor: User, opinion: Opinion) -> None:
    """Show a comment again."""
    Opinion.objects.filter(pk=opinion.pk).update(comment_hidden_at=None)
    journal.record(actor, "restore_comment", opinion)
    content_hidden.send(sender=Opinion, kind="comment", code=opinion.code)


@transaction.atomic
def erase_comment(actor: User, opinion: Opinion) -> None:
    """Forget the words of a comment, here and in what came late on the same sheet. For ever."""
    Opinion.objects.filter(pk=opinion.pk).update(comment="")
    late = OutboxOp.objects.filter(
        participant=opinion.participant_id, kind="opinion", content__sheet=opinion.sheet.code
    )
    for op in late:
        op.content = {name: kept for name, kept in (op.content or {}).items() if name != "comment"}
        op.save(update_fields=["content"])
    journal.record(actor, "erase_comment", opinion)
    content_hidden.send(sender=Opinion, kind="comment", code=opinion.code)
    wipe_on_commit()
