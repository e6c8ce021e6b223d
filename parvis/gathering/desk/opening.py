"""Before a consultation opens: what will be read, by whom, and what is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from parvis.consultations.enums import Audience, PhaseKind
from parvis.consultations.models import Consultation, Invitation
from parvis.core import clock
from parvis.french.counts import plural
from parvis.french.dates import day_and_hour
from parvis.gathering import local_time
from parvis.sheets.enums import SheetState

READERS: Final = {
    Audience.PUBLIC: "par tout le monde",
    Audience.PARTNERS: "par les partenaires",
    Audience.RESTRICTED: "par le groupe restreint",
    Audience.TEAM: "par l'équipe projet seulement",
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
    shown = [
        _page_of(consultation),
        *_by_reader(consultation, meetings, "rencontre annoncée", "rencontres annoncées"),
        *_by_reader(consultation, sheets, "fiche action", "fiches actions"),
    ]
    if links and consultation.audience != Audience.TEAM:
        one, many = "invitation déjà faite : son lien s'ouvrira", "invitations déjà faites : leurs liens s'ouvriront"
        shown.append(f"{plural(links, one, many)}.")
    kept = ["Aucun courriel ne part à l'ouverture : vous invitez ensuite, quand vous le décidez."]
    if drafts:
        kept.append(f"{plural(drafts, 'fiche reste', 'fiches restent')} en brouillon, pour les agents seulement.")
    return Opening(
        tuple(shown), tuple(kept), tuple(_missing(consultation, sum(meetings.values()), sum(sheets.values())))
    )


def _page_of(consultation: Consultation) -> str:
    readers = READERS[Audience(consultation.audience)]
    embargo = consultation.embargo_until
    if consultation.audience == Audience.PUBLIC and embargo is not None and embargo > clock.now():
        return f"La page de la concertation, {readers}, à partir du {day_and_hour(local_time.local(embargo))}."
    return f"La page de la concertation, {readers}."


def _by_reader(consultation: Consultation, counts: Counter[str], one: str, many: str) -> Iterator[str]:
    """One sentence for each circle. What hangs from a consultation is read by no more people than itself."""
    floor = _WIDEST_FIRST.index(Audience(consultation.audience))
    totals: Counter[Audience] = Counter()
    for audience, count in counts.items():
        totals[_WIDEST_FIRST[max(floor, _WIDEST_FIRST.index(Audience(audience)))]] += count
    for audience in _WIDEST_FIRST:
        if totals[audience]:
            yield f"{plural(totals[audience], one, many)}, {READERS[audience]}."


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
