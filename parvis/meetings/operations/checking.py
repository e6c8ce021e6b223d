"""Those who were there read the draft: sent until a deadline, commented by line, answered by those who write."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from parvis.consultations.enums import StepKind
from parvis.consultations.mail_kinds import IN_ALL, WHO_SEES, MailField, MailKind, link_field
from parvis.consultations.mail_writing import reader_values, write_mail
from parvis.consultations.models import Participant
from parvis.consultations.operations.invitations import invitation_link, invite_contact, taken_back
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.mailing.queue import queue_mail
from parvis.french.dates import day
from parvis.meetings.enums import LinePlace, Presence
from parvis.meetings.models import LineComment, Minutes, MinutesCheck, MinutesLine
from parvis.people.models import Contact, User
from parvis.publishing.enums import PublishingState
from parvis.publishing.validation import edition_in_preparation, next_step

MAX_TEXT: Final = 2_000
CHECK_MAIL: Final = "minutes_check"
OVER: Final = "La relecture est terminée : écrivez à l'équipe projet. Votre texte est encore dans la page."
CHECK_TEXT: Final = MailKind(
    purpose=CHECK_MAIL,
    label="Compte-rendu à relire",
    when="À qui était à la rencontre, quand son compte-rendu attend leur relecture.",
    subject="À relire : {compte_rendu}",
    body="""{salutation},

Vous étiez à « {rencontre} ». Le compte-rendu est prêt à relire, {date_limite}.

Vous pouvez faire une remarque sur chaque ligne :
{lien}

L'équipe projet seule verra qui a fait quelle remarque.

{signature}
""",
    fields=(
        *IN_ALL,
        MailField("compte_rendu", "le titre du compte-rendu", "Compte-rendu de l'atelier emploi"),
        MailField("rencontre", "le titre de la rencontre", "Atelier emploi"),
        MailField("date_limite", "jusqu'à quand relire", "jusqu'au 12 mars 2026"),
        link_field("le compte-rendu, ouvert par son lien personnel", "https://parvis.exemple/partenaires/invitation/…"),
        WHO_SEES,
    ),
    mandatory=("lien",),
)


def standing_check(minutes: Minutes) -> MinutesCheck | None:
    """The checking of the edition in preparation, None when it was not sent."""
    return minutes.checks.filter(edition_number=edition_in_preparation(minutes)).first()


def present_contacts(minutes: Minutes) -> list[Contact]:
    """Those of the directory who came, or who said they would where nobody marked the attendance, with an address.

    None whose access was taken back: writing to her would give it again.
    """
    return list(_present(minutes).exclude(email=""))


def present_without_address(minutes: Minutes) -> list[Contact]:
    """The others, whom no mail can reach."""
    return list(_present(minutes).filter(email=""))


def _present(minutes: Minutes) -> QuerySet[Contact]:
    of_meetings = Contact.objects.filter(
        ~taken_back(minutes.consultation), attendances__meeting__minutes=minutes, erased_at=None
    )
    present = of_meetings.filter(attendances__presence=Presence.PRESENT)
    chosen = present if present.exists() else of_meetings.filter(attendances__presence=Presence.REGISTERED)
    return chosen.select_related("organisation").distinct().order_by("id")


@transaction.atomic
def send_for_checking(actor: User, minutes: Minutes, until: datetime.date) -> MinutesCheck:
    """Show the draft to those present until `until` (inclusive), by mail where there is an address.

    The minutes must wait for the step of the participants. Sent again, it only moves the deadline.
    """
    locked = Minutes.objects.select_for_update().select_related("consultation").get(pk=minutes.pk)
    if locked.state != PublishingState.VALIDATION or next_step(locked) != StepKind.PARTICIPANTS:
        raise ForbiddenMove("Le compte-rendu n'attend pas la relecture des participants.")
    if until < clock.today():
        raise RefusedInput("La date limite est passée : choisissez un jour à venir.")
    check, made = MinutesCheck.objects.get_or_create(
        minutes=locked,
        edition_number=edition_in_preparation(locked),
        defaults={"sent_at": clock.now(), "sent_by": actor, "until": until, "shown": text_shown(locked)},
    )
    if not made:
        MinutesCheck.objects.filter(pk=check.pk).update(until=until)
        check.until = until
    contacts = present_contacts(locked) if made else []
    for contact in contacts:
        _write_to(actor, check, contact)
    journal.record(actor, "send_for_checking", locked, until=until.isoformat(), made=made, letters=len(contacts))
    return check


@transaction.atomic
def end_checking(actor: User, minutes: Minutes) -> None:
    """End the reading before its deadline, or after: yesterday was the last day."""
    check = standing_check(minutes)
    if check is None or clock.today() > check.until:
        raise ForbiddenMove("Aucune relecture n'est ouverte.")
    MinutesCheck.objects.filter(pk=check.pk).update(until=clock.today() - datetime.timedelta(days=1))
    journal.record(actor, "end_checking", minutes)


@transaction.atomic
def comment_line(participant: Participant, check: MinutesCheck, line: str, text: str) -> LineComment:
    """Say something of a line, or of the whole when `line` is empty."""
    words = text.strip()
    if not words:
        raise RefusedInput("Écrivez votre remarque : une phrase suffit.")
    if len(words) > MAX_TEXT:
        raise RefusedInput(f"Votre remarque a {len(words)} caractères : {MAX_TEXT} au plus.")
    locked = MinutesCheck.objects.select_for_update().select_related("minutes").get(pk=check.pk)
    if clock.today() > locked.until or next_step(locked.minutes) != StepKind.PARTICIPANTS:
        raise ForbiddenMove(OVER)
    if line and line not in locked.shown and not shown_lines(locked.minutes).filter(code=line).exists():
        raise RefusedInput("Cette ligne n'est plus dans le compte-rendu : rechargez la page.")
    made = LineComment.objects.create(
        check_sent=locked, line=line, participant=participant, text=words, written_at=clock.now()
    )
    journal.record(participant, "comment_line", locked.minutes, line=line or None)
    return made


def record_remark(participant: Participant, check: MinutesCheck, line: str, text: str, *, withdraw: str = "") -> None:
    """What the page of a draft sends: a comment, or the code of one of hers to take back."""
    if "\x00" in line + text + withdraw:
        raise RefusedInput("Un signe illisible s'est glissé dans votre remarque : effacez-le, puis recommencez.")
    if not withdraw:
        comment_line(participant, check, line, text)
        return
    hers = LineComment.objects.filter(check_sent=check, participant=participant, code=withdraw).first()
    if hers is None:
        raise RefusedInput("Cette remarque n'existe plus : rechargez la page.")
    withdraw_comment(participant, hers)


@transaction.atomic
def withdraw_comment(participant: Participant, comment: LineComment) -> None:
    """Take one's own comment back, as long as nobody answered it."""
    gone, _ = LineComment.objects.filter(pk=comment.pk, participant=participant, handled_at=None).delete()
    if not gone:
        raise ForbiddenMove("Cette remarque a déjà reçu une suite : écrivez-en une autre.")
    journal.record(participant, "withdraw_comment", comment.check_sent.minutes, line=comment.line or None)


@transaction.atomic
def answer_comment(actor: User, comment: LineComment, answer: str) -> None:
    """Say what was done of a comment; its author reads it."""
    words = answer.strip()
    if not words or len(words) > 1_000:
        raise RefusedInput("Dites en une phrase ce qui a été fait de cette remarque (1 000 caractères au plus).")
    LineComment.objects.filter(pk=comment.pk).update(answer=words, handled_at=clock.now(), handled_by=actor)
    journal.record(actor, "answer_comment", comment.check_sent.minutes, line=comment.line or None)


def shown_lines(minutes: Minutes) -> QuerySet[MinutesLine]:
    """What those present read: contributions and introduction, never what was set aside."""
    return MinutesLine.objects.filter(minutes=minutes).exclude(place=LinePlace.ASIDE)


def text_shown(minutes: Minutes) -> dict[str, list[str]]:
    """What those present are sent: line → what it says."""
    rows = shown_lines(minutes).select_related("theme").order_by("position", "id")
    return {line.code: said_by(line) for line in rows}


def said_by(line: MinutesLine) -> list[str]:
    """What a line says, as it is kept to be compared: theme, kind, family, text and details."""
    words = "\n".join([line.text, *(f"– {detail}" for detail in line.details)])
    return [line.theme.name if line.theme else "", line.kind, line.family, words]


def _write_to(actor: User, check: MinutesCheck, contact: Contact) -> None:
    minutes, consultation = check.minutes, check.minutes.consultation
    invitation = invite_contact(actor, consultation, contact)
    meeting = minutes.meetings.order_by("starts_at", "id").first()
    values = reader_values(contact) | {
        "compte_rendu": minutes.title,
        "rencontre": meeting.title if meeting else minutes.title,
        "date_limite": f"jusqu'au {day(check.until)}",
        "lien": invitation_link(invitation, "check", check.code),
    }
    letter = write_mail(consultation, CHECK_TEXT, contact.email, values)
    queue_mail(CHECK_MAIL, about=consultation.code, letter=letter)
