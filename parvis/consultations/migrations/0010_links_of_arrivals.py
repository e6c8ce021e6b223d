"""Those who came by a link before are tied to it, as the journal says. They counted: they still do."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def tie_to_links(apps: Any, schema_editor: Any) -> None:
    participants = apps.get_model("consultations", "Participant").objects
    invitations = dict(apps.get_model("consultations", "Invitation").objects.order_by().values_list("code", "pk"))
    entries = apps.get_model("core", "JournalEntry").objects.filter(verb="open_invitation").order_by("id")
    for actor, subject in entries.values_list("actor", "subject").iterator():
        link = invitations.get(subject.removeprefix("invitation:"))
        if link is not None:
            participants.filter(code=actor.removeprefix("participant:"), came_by=None).update(came_by=link)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_arrivals"), ("core", "0002_outgoing_mail")]

    operations = [migrations.RunPython(tie_to_links, migrations.RunPython.noop)]
