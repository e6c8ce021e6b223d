"""Who may read and who may write a meeting, its minutes, and the contributions born there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.consultations import rules as consultations
from parvis.consultations.enums import Audience
from parvis.consultations.models import Participant, Theme
from parvis.core.access import rule
from parvis.meetings.enums import Admission, Presence
from parvis.meetings.models import Attendance, Meeting, Minutes, Seat
from parvis.people.actor import Actor
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.sheets.enums import SheetState
from parvis.sheets.rules import readable_sheets

_OPEN_TO_AGENTS = (Audience.PUBLIC, Audience.PARTNERS)


@rule
def readable_meetings(actor: Actor, prefix: str = "") -> Q:
    """Its consultation must be readable, then the meeting itself."""
    if actor is None:
        of_consultation = consultations.readable_consultations(None, f"{prefix}consultation__")
        return consultations.published_to_anyone(prefix) & of_consultation
    return consultations.readable_consultations(actor, f"{prefix}consultation__") & _not_reserved(actor, prefix)


@rule
def editable_meetings(actor: Actor, prefix: str = "") -> Q:
    """Those who may write in the consultation; a reserved meeting only by its project team."""
    return consultations.writable_consultations(actor, f"{prefix}consultation__") & _not_reserved(actor, prefix)


@rule
def moderated_meetings(actor: Actor, prefix: str = "") -> Q:
    """Those who moderate the consultation."""
    return consultations.moderated_consultations(actor, f"{prefix}consultation__") & _not_reserved(actor, prefix)


def _not_reserved(actor: Actor, prefix: str) -> Q:
    """Open to agents, or the actor is named in the project team of its consultation."""
    reserved_to_me = Q(pk__in=[])
    if actor is not None:
        mine = actor.memberships.order_by().values("consultation_id")
        reserved_to_me = Q(**{f"{prefix}consultation__in": mine})
    return Q(**{f"{prefix}audience__in": _OPEN_TO_AGENTS}) | reserved_to_me


@rule
def meetings_for_partner(participant: Participant) -> Q:
    """The meetings of her consultation that an invited partner may come to; an embargo holds back the public only."""
    audiences = [Audience.PUBLIC, Audience.PARTNERS]
    if consultations.reads_restricted(participant):
        audiences.append(Audience.RESTRICTED)
    return consultations.open_to_partners("consultation__") & Q(
        consultation=participant.consultation_id, hidden_at=None, audience__in=audiences
    )


@rule
def discussable_sheets(actor: User, meeting: Meeting) -> Q:
    """The sheets that a room may look at: finished, read by the agent, and shown to all who will be in the room."""
    return Q(consultation=meeting.consultation_id) & shown_in_room(meeting) & readable_sheets(actor)


def shown_in_room(meeting: Meeting) -> Q:
    """The sheets that everyone of a room may read, as they stand now."""
    return Q(audience__in=audiences_of_room(meeting), hidden_at=None, state=SheetState.READY)


def audiences_of_room(meeting: Meeting) -> list[Audience]:
    """For whom something may be, to be told to everyone of the room: the meeting itself, and partners at least."""
    order = list(Audience)
    widest = max(order.index(Audience(meeting.audience)), order.index(Audience.PARTNERS))
    return order[: widest + 1]


def themes_of_room(meeting: Meeting) -> QuerySet[Theme]:
    """The themes of a meeting that its room may be told, else those of its consultation, in their order."""
    themes = Theme.objects.filter(consultation=meeting.consultation_id, audience__in=audiences_of_room(meeting))
    chosen = themes.filter(meetings=meeting)
    return (chosen if chosen.exists() else themes).order_by("position", "id")


@rule
def readable_minutes(actor: Actor) -> Q:
    """Every meeting they cover must be readable: minutes never tell what a reserved meeting said."""
    return Q(Exists(_meetings_of_minutes())) & ~Q(Exists(_meetings_of_minutes().exclude(readable_meetings(actor))))


@rule
def editable_minutes(actor: Actor) -> Q:
    """Every meeting they cover must be editable."""
    return Q(Exists(_meetings_of_minutes())) & ~Q(Exists(_meetings_of_minutes().exclude(editable_meetings(actor))))


@rule
def publishable_minutes(actor: Actor) -> Q:
    """Those who prepare the consultation publish; every meeting covered must be theirs to write."""
    return editable_minutes(actor) & consultations.editable_consultations(actor, "consultation__")


@rule
def moderated_minutes(actor: Actor) -> Q:
    """Every meeting they cover must be moderated by the actor."""
    return Q(Exists(_meetings_of_minutes())) & ~Q(Exists(_meetings_of_minutes().exclude(moderated_meetings(actor))))


@rule
def readable_checks(participant: Participant) -> Q:
    """The drafts that someone may check: of meetings where she was let in or came, in her consultation, none hidden.

    To have registered is to have come, where nobody marked who did: those who are written to, and no others.
    """
    sat = Meeting.objects.filter(
        board__seats__in=Seat.objects.filter(participant=participant, admission=Admission.ADMITTED).order_by(),
        board__rehearsal=False,
    )
    hers_there = Attendance.objects.filter(meeting=OuterRef("pk"), contact=participant.contact_id).order_by()
    marked = Attendance.objects.filter(meeting=OuterRef("pk"), presence=Presence.PRESENT).order_by()
    came = Meeting.objects.filter(
        Exists(hers_there.filter(presence=Presence.PRESENT))
        | Exists(hers_there.filter(presence=Presence.REGISTERED)) & ~Exists(marked)
    )
    hers = Q(minutes__meetings__in=sat.order_by())
    if participant.contact_id is not None:
        hers |= Q(minutes__meetings__in=came.order_by())
    not_hidden = Q(hidden_at=None) & consultations.open_to_partners("consultation__")
    open_to_her = not_hidden & (Q(pk__in=sat) | Q(pk__in=came))
    theirs = Meeting.objects.filter(minutes=OuterRef("minutes")).exclude(open_to_her).order_by()
    return (
        hers
        & Q(minutes__consultation=participant.consultation_id, minutes__state=PublishingState.VALIDATION)
        & ~Q(Exists(theirs))
    )


def _meetings_of_minutes() -> QuerySet[Meeting]:
    return Meeting.objects.filter(minutes=OuterRef("pk")).order_by()


def closed_to_readers() -> Q:
    """Contributions born in minutes that cover a meeting not everyone may read.

    It goes by what was published, not by the working text: a correction under way may have taken its line away.
    """
    return Q(Exists(_born_in().filter(meetings__in=Meeting.objects.exclude(readable_meetings(None)).order_by())))


def closed_to_moderators(actor: Actor) -> Q:
    """Contributions born in minutes that cover a meeting which `actor` does not moderate."""
    return Q(Exists(_born_in().filter(meetings__in=Meeting.objects.exclude(moderated_meetings(actor)).order_by())))


@rule
def published_contributions() -> Q:
    """What anyone could read but for moderation and corrections: enough to say that it is gone, never to show it."""
    return consultations.open_contributions() & Q(Exists(_born_in())) & ~closed_to_readers()


def _born_in() -> QuerySet[Minutes]:
    return Minutes.objects.filter(contributions=OuterRef("pk")).order_by()
