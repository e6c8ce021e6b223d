"""Before a consultation opens: what will be read, by whom, and what is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from parvis.consultations.enums import Audience, PhaseKind
from parvis.consultations.models import Consultation, Invitation
from parvis.core import clock
from parvis.french.counts import enumeration, plural
from parvis.french.dates import day_and_hour
from parvis.gathering import local_time
from parvis.sheets.enums import SheetState

READERS: Final = {
    Audience.PUBLIC: "Par tout le monde",
    Audience.PARTNERS: "Par les partenaires",
    Audience.RESTRICTED: "Par le groupe restreint",
    Audience.TEAM: "Par l'équipe projet seulement",
}
_WIDEST_FIRST: Final = tuple(Audience)


@dataclass(frozen=True, slots=True)
class Missing:
    """`page`: where it is mended, a name of the desk's addresses."""

    sentence: str
    page: str


@dataclass(frozen=True, slots=True)
class Opening:
    """`shown`: what opens, and to whom. `kept`: what stays closed. `missing`: nothing of it prevents the opening."""

    shown: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[Missing, ...]


def gather_opening(consultation: Consultation) -> Opening:
    """What the page « Ouvrir la concertation » says. Nine queries."""
    meetings = Counter(consultation.meetings.filter(hidden_at=None).order_by().values_list("audience", flat=True))
    ready = consultation.sheets.filter(state=SheetState.READY, hidden_at=None).order_by()
    sheets = Counter(ready.values_list("audience", flat=True))
    drafts = consultation.sheets.filter(state=SheetState.DRAFT).count()
    links = Invitation.objects.filter(consultation=consultation, revoked_at=None).count()
    shown = list(_by_reader(consultation, meetings, sheets))
    if links and consultation.audience != Audience.TEAM:
        one, many = "invitation déjà faite : son lien s'ouvrira", "invitations déjà faites : leurs liens s'ouvriront"
        shown.append(f"{plural(links, one, many)}.")
    kept = ["Aucun courriel ne part à l'ouverture : vous invitez ensuite, quand vous le décidez."]
    if drafts:
        kept.append(f"{plural(drafts, 'fiche reste', 'fiches restent')} en brouillon, pour les agents seulement.")
    return Opening(
        tuple(shown), tuple(kept), tuple(_missing(consultation, sum(meetings.values()), sum(sheets.values())))
    )


def _by_reader(consultation: Consultation, meetings: Counter[str], sheets: Counter[str]) -> Iterator[str]:
    """One sentence for each circle, the widest first. What hangs from a consultation is read by no more people than
    itself."""
    own = Audience(consultation.audience)
    embargo = consultation.embargo_until
    for audience in _WIDEST_FIRST[_WIDEST_FIRST.index(own) :]:
        narrower = _WIDEST_FIRST[: _WIDEST_FIRST.index(own) + 1] if audience == own else (audience,)
        counts = (
            (sum(meetings[each] for each in narrower), "rencontre", "rencontres"),
            (sum(sheets[each] for each in narrower), "fiche action", "fiches actions"),
        )
        things = ["la page de la concertation"] if audience == own else []
        things += [plural(count, one, many) for count, one, many in counts if count]
        when = ""
        if audience == Audience.PUBLIC and embargo is not None and embargo > clock.now():
            when = f", à partir du {day_and_hour(local_time.local(embargo))}"
        if things:
            yield f"{READERS[audience]}{when} : {enumeration(things)}."


def _missing(consultation: Consultation, meetings: int, sheets: int) -> Iterator[Missing]:
    if not consultation.introduction.strip():
        yield Missing("La présentation est vide : c'est la première chose qu'on lit.", "edit_consultation")
    if not consultation.contact_email:
        yield Missing("Personne à qui écrire : donnez une adresse de contact.", "edit_consultation")
    phases = {phase.kind: phase for phase in consultation.phases.all()}
    review = phases.get(PhaseKind.REVIEW)
    if not any(phase.opens_on for phase in phases.values()):
        yield Missing("Aucune étape n'a de date : les partenaires ne pourront pas répondre.", "phases")
    elif review is None or review.opens_on is None:
        yield Missing("L'étape des avis n'a pas de date : les partenaires ne pourront pas répondre.", "phases")
    if not consultation.themes.exists():
        yield Missing("Il n'y a aucune thématique.", "themes")
    if not sheets:
        yield Missing("Aucune fiche action n'est prête à être montrée.", "sheets")
    if not consultation.partners.exists():
        yield Missing("L'annuaire est vide : aucun partenaire à inviter.", "directory")
    if not meetings:
        yield Missing("Aucune rencontre n'est annoncée.", "new_meeting")
