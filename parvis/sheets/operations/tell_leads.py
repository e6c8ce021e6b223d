"""The leads are told once that the results of their actions are open to them, with the time they have to answer."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from parvis.consultations.enums import InvitationKind
from parvis.consultations.mail_kinds import IN_ALL, UNTIL, MailField, MailKind, link_field
from parvis.consultations.mail_writing import reader_values, write_mail
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.invitations import invitation_link
from parvis.core import journal
from parvis.core.mailing.queue import queue_mail
from parvis.french.dates import day
from parvis.people.models import User
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet, ResultsRelease

LEADS_MAIL: Final = "results_to_leads"
LEADS_TEXT: Final = MailKind(
    purpose=LEADS_MAIL,
    label="Résultats ouverts aux porteurs",
    when="Une fois, aux personnes invitées des organismes porteurs, quand vous leur ouvrez les résultats.",
    subject="Les résultats de vos actions · {concertation}",
    body="""{salutation},

Les partenaires ont donné leur avis sur les actions que porte votre organisme :

{actions}

Vous lisez les résultats avant tout le monde, et vous pouvez y répondre {date_limite}. Votre réponse paraîtra à côté \
des chiffres.

{lien}

{signature}
""",
    fields=(
        *IN_ALL,
        MailField("actions", "les actions que porte son organisme", "– Permis de conduire solidaire", in_subject=False),
        MailField(UNTIL.name, "jusqu'à quand répondre aux résultats", "jusqu'au 12 mars 2026"),
        link_field("ses résultats, ouverts par son lien personnel", "https://parvis.exemple/partenaires/invitation/…"),
    ),
    mandatory=("lien", "date_limite"),
)


def invited_leads(consultation: Consultation) -> QuerySet[Invitation]:
    """The invitations of those who would be written to: invited by name, of an organisation that leads, reachable."""
    led = _led_sheets(consultation).order_by().values("lead")
    standing = Invitation.objects.filter(
        consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None,
        contact__organisation__in=led, contact__erased_at=None,
    )  # fmt: skip
    return standing.exclude(contact__email="").select_related("contact__organisation").order_by("pk")


def tell_leads(actor: User, release: ResultsRelease) -> int:
    """Queue the mail of each. In the caller's transaction. Returns how many."""
    consultation, until = release.consultation, release.reply_until
    if until is None:
        return 0
    titles: dict[int, list[str]] = {}
    for lead, title in _led_sheets(consultation).order_by("number", "pk").values_list("lead_id", "title"):
        titles.setdefault(lead, []).append(title)
    count = 0
    for invitation in invited_leads(consultation):
        contact = invitation.contact
        if contact is None:
            continue
        values = reader_values(contact) | {
            "actions": "\n".join(f"– {title}" for title in titles[contact.organisation_id]),
            "date_limite": f"jusqu'au {day(until)}",
            "lien": invitation_link(invitation, "lead"),
        }
        letter = write_mail(consultation, LEADS_TEXT, contact.email, values)
        queue_mail(LEADS_MAIL, about=consultation.code, letter=letter)
        count += 1
    if count:
        journal.record(actor, "tell_leads", consultation, letters=count)
    return count


def _led_sheets(consultation: Consultation) -> QuerySet[ActionSheet]:
    return ActionSheet.objects.filter(
        consultation=consultation, state=SheetState.READY, hidden_at=None, lead__isnull=False
    )
