"""Whether a consultation may be deleted: as long as nobody said anything in it. What then goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from parvis.consultations.models import Consultation, Contribution, Invitation, OutboxOp
from parvis.core.mailing.enums import MailState
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import purposes_to_partners
from parvis.french.counts import enumeration, plural
from parvis.meetings.models import Attendance, LineComment, Minutes, Note
from parvis.publishing.models import Edition, Flag
from parvis.sheets.models import LeadReply, Opinion, Position, Tally

KEPT: Final = "Archivez-la plutôt : elle sort des listes, et ce qui a été dit est gardé."


@dataclass(frozen=True, slots=True)
class Deletion:
    """`said`: what prevents it, in words; `goes`: what goes with the consultation when nothing does."""

    said: tuple[str, ...]
    goes: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why it is refused, empty when it is not."""
        return f"Cette concertation ne se supprime pas : {enumeration(self.said)}. {KEPT}" if self.said else ""


def deletion_of(consultation: Consultation) -> Deletion:
    """What may be said of the deletion of a consultation. A score of counts."""
    return Deletion(tuple(_said(consultation)), tuple(_goes(consultation)))


def _said(consultation: Consultation) -> Iterator[str]:
    of_sheets = Q(sheet__consultation=consultation)
    opinions = Opinion.objects.filter(of_sheets).count() + Tally.objects.filter(of_sheets).count()
    opinions += Position.objects.filter(of_sheets).count()
    counts: list[tuple[int, str, str]] = [
        (opinions, "avis donné", "avis donnés"),
        (Contribution.objects.filter(consultation=consultation).count(), "contribution", "contributions"),
        (_rows(Note, "board__meeting__consultation", consultation), "note d'atelier", "notes d'atelier"),
        (_rows(LeadReply, "sheet__consultation", consultation), "réponse d'un porteur", "réponses de porteurs"),
        (_rows(LineComment, "check_sent__minutes__consultation", consultation), "remarque", "remarques"),
        (_rows(Edition, "consultation", consultation), "édition publiée", "éditions publiées"),
        (_rows(Flag, "consultation", consultation), "signalement", "signalements"),
        (_came(consultation), "inscription à une rencontre", "inscriptions à une rencontre"),
        (_sent(consultation), "courriel ou courrier envoyé", "courriels ou courriers envoyés"),
    ]
    yield from (plural(count, one, many) for count, one, many in counts if count)
    if not any(count for count, _, _ in counts) and _rows(OutboxOp, "participant__consultation", consultation):
        yield "des partenaires ont commencé à répondre"
    if children := consultation.children.count():
        yield plural(children, "concertation en fait partie", "concertations en font partie")


def _goes(consultation: Consultation) -> Iterator[str]:
    counts = [
        (consultation.meetings.count(), "rencontre", "rencontres"),
        (_rows(Minutes, "consultation", consultation), "compte-rendu en cours", "comptes-rendus en cours"),
        (consultation.sheets.count(), "fiche action", "fiches actions"),
        (consultation.themes.count(), "thématique", "thématiques"),
        (consultation.partners.count(), "périmètre de partenaire", "périmètres de partenaires"),
        (consultation.invitations.count(), "invitation", "invitations"),
        (consultation.members.count(), "place dans l'équipe projet", "places dans l'équipe projet"),
    ]
    return (plural(count, one, many) for count, one, many in counts if count)


def _came(consultation: Consultation) -> int:
    return Attendance.objects.filter(meeting__consultation=consultation).count()


def _sent(consultation: Consultation) -> int:
    """What left, is leaving or may have: to partners. Letters and links handed out are known by their invitation."""
    mails = mails_to_partners(consultation).exclude(state__in=[MailState.REFUSED, MailState.SET_ASIDE]).count()
    by_hand = Invitation.objects.filter(consultation=consultation, sent_at__isnull=False, mail=None).count()
    return mails + by_hand


def mails_to_partners(consultation: Consultation) -> QuerySet[OutgoingMail]:
    """The mails queued for partners about it."""
    return OutgoingMail.objects.filter(about=consultation.code, purpose__in=purposes_to_partners())


def _rows(model: Any, path: str, consultation: Consultation) -> int:
    count: int = model._default_manager.filter(**{path: consultation}).count()
    return count
