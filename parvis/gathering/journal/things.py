"""What the journal names by its code, in words: each thing through the rule that says who may read it.

A thing that someone may not read is told without its name (« une rencontre réservée »), one that is gone as gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model, Q

from parvis.consultations.models import Consultation, Contribution, Invitation, Participant, Theme
from parvis.consultations.rules import editable_consultations, readable_consultations
from parvis.meetings.models import Board, Meeting, Minutes, WaitingReport
from parvis.meetings.rules import readable_meetings, readable_minutes
from parvis.people.models import Contact, Organisation, User
from parvis.publishing.models import Edition, Flag
from parvis.publishing.rules import moderated_contributions
from parvis.sheets.models import ActionSheet, Opinion, SheetSource, WaitingSheet
from parvis.sheets.rules import readable_sheets
from parvis.territories.models import Territory

ERASED: Final = "une personne effacée"
A_PARTNER: Final = "un partenaire"
_ERASED_ADDRESS: Final = "@parvis.invalid"


@dataclass(frozen=True, slots=True)
class Thing:
    """`name` as it stands in the journal, `label` as a sentence says it. `open`: it exists, and she may read it."""

    name: str
    label: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """How things of a kind are read: `rule` says which ones the agent may, the others are told as `closed`."""

    model: type[Model]
    rule: Callable[[User], Q]
    label: Callable[[Any], str]
    closed: str
    gone: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """Something told by what holds it: an edition by its minutes, a room by its meeting."""

    model: type[Model]
    holder: Callable[[Any], str]
    label: Callable[[Any], str]
    gone: str
    related: tuple[str, ...] = ()


def _anyone(actor: User) -> Q:
    return Q()


def _quoted(article: str) -> Callable[[Any], str]:
    return lambda row: f"{article} « {row} »"


def person_label(user: User) -> str:
    """An agent by her name; erased, nobody may tell who she was."""
    return ERASED if user.email.endswith(_ERASED_ADDRESS) else str(user)


def _contact_label(contact: Contact) -> str:
    return ERASED if contact.erased_at is not None else f"{contact} ({contact.organisation})"


def _participant_label(participant: Participant) -> str:
    if participant.contact is not None:
        return _contact_label(participant.contact)
    return f"une personne de « {participant.organisation} »" if participant.organisation is not None else ERASED


def _invitation_label(invitation: Invitation) -> str:
    if invitation.contact is not None:
        return f"l'invitation {of(_contact_label(invitation.contact))}"
    whose = f"« {invitation.organisation} »" if invitation.organisation is not None else "à tous"
    return f"l'invitation {of(whose) if invitation.organisation is not None else whose}"


def _partners(actor: User) -> Q:
    """Organisations that take part in a consultation she reads."""
    mine = Consultation.objects.filter(readable_consultations(actor)).order_by().values("pk")
    return Q(pk__in=Organisation.objects.filter(partnerships__consultation__in=mine).order_by().values("pk"))


def _contacts(actor: User) -> Q:
    return Q(organisation__in=Organisation.objects.filter(_partners(actor)).order_by().values("pk"))


def _within(path: str) -> Callable[[User], Q]:
    """Of a consultation that she prepares."""
    return lambda actor: editable_consultations(actor, f"{path}__")


_KINDS: Final = {
    "user": _Kind(User, _anyone, person_label, ERASED, ERASED),
    "territory": _Kind(Territory, _anyone, str, "un territoire", "un territoire retiré"),
    "consultation": _Kind(
        Consultation, readable_consultations, _quoted("la concertation"), "une concertation réservée",
        "une concertation supprimée",
    ),
    "theme": _Kind(Theme, _within("consultation"), _quoted(""), "réservée", "retirée depuis"),
    "organisation": _Kind(Organisation, _partners, _quoted("l'organisme"), "un organisme", "un organisme supprimé"),
    "contact": _Kind(Contact, _contacts, _contact_label, "un contact", ERASED, ("organisation",)),
    "participant": _Kind(
        Participant, _within("consultation"), _participant_label, A_PARTNER, A_PARTNER,
        ("contact__organisation", "organisation"),
    ),
    "invitation": _Kind(
        Invitation, _within("consultation"), _invitation_label, "une invitation", "une invitation supprimée",
        ("contact__organisation", "organisation"),
    ),
    "contribution": _Kind(
        Contribution, moderated_contributions, lambda row: f"la contribution {row.code}", "une contribution réservée",
        "une contribution supprimée",
    ),
    "sheet": _Kind(ActionSheet, readable_sheets, _quoted("la fiche"), "une fiche réservée", "une fiche supprimée"),
    "sheet_source": _Kind(
        SheetSource, _within("consultation"), _quoted("le fichier"), "un fichier de fiches", "un fichier supprimé"
    ),
    "waiting_sheet": _Kind(
        WaitingSheet, _within("source__consultation"), _quoted("la fiche à relire"), "une fiche à relire",
        "une fiche à relire, supprimée depuis",
    ),
    "meeting": _Kind(Meeting, readable_meetings, _quoted("la rencontre"), "une rencontre réservée",
                     "une rencontre supprimée"),
    "minutes": _Kind(Minutes, readable_minutes, _quoted("le compte-rendu"), "un compte-rendu réservé",
                     "un compte-rendu supprimé"),
}  # fmt: skip

_PARTS: Final = {
    "edition": _Part(
        Edition, lambda row: str(row.subject), lambda row: f"l'édition {row.number}", "une édition supprimée"
    ),
    "flag": _Part(
        Flag, lambda row: f"{row.target_kind}:{row.target_code}", lambda row: "un signalement",
        "un signalement supprimé",
    ),
    "opinion": _Part(
        Opinion, lambda row: str(row.sheet.journal_name), lambda row: "un avis", "un avis effacé", ("sheet",)
    ),
    "board": _Part(
        Board, lambda row: str(row.meeting.journal_name), lambda row: "la salle", "une salle supprimée", ("meeting",)
    ),
    "waiting_report": _Part(
        WaitingReport, lambda row: str(row.meeting.journal_name), lambda row: "un rapport", "un rapport déjà rangé",
        ("meeting",),
    ),
}  # fmt: skip

_ALWAYS: Final = {"results": "les résultats", "mail": "un courriel", "territories": "les territoires"}


def of(label: str) -> str:
    """« du compte-rendu », « de la fiche », « d'une rencontre », « des résultats »."""
    for article, contracted in (("le ", "du "), ("les ", "des "), ("un", "d'un"), ("l'", "de l'")):
        if label.startswith(article):
            return contracted + label.removeprefix(article)
    return f"de {label}"


def name_things(actor: User, names: Iterable[str]) -> dict[str, Thing]:
    """Each of `names` (`<kind>:<code>`) in words. A query or two for each kind, whatever the number of names."""
    wanted = set(names)
    parts = {name: (holder, label) for name, holder, label in _parts(wanted)}
    told = _whole(actor, {name for name in wanted if name not in parts} | {holder for holder, _ in parts.values()})
    for name, (holder, label) in parts.items():
        held = told[holder]
        told[name] = Thing(name, f"{label} {of(held.label)}", held.open)
    return told


def _parts(names: set[str]) -> list[tuple[str, str, str]]:
    """Those that another thing holds: their name, its own, what they are."""
    found = []
    for kind, codes in _by_kind(names).items():
        part = _PARTS.get(kind)
        if part is not None:
            rows = part.model._default_manager.filter(code__in=codes).select_related(*part.related).order_by("pk")
            found += [(f"{kind}:{row.code}", part.holder(row), part.label(row)) for row in rows]  # type: ignore[attr-defined]
    return found


def _whole(actor: User, names: set[str]) -> dict[str, Thing]:
    told = {}
    for kind, codes in _by_kind(names).items():
        read = _KINDS.get(kind)
        labels: dict[str, str] = {}
        opened: set[str] = set()
        if read is not None:
            rows = read.model._default_manager.filter(code__in=codes)
            opened = set(rows.filter(read.rule(actor)).order_by().values_list("code", flat=True))
            for row in rows.select_related(*read.related).order_by("pk"):
                code = row.code  # type: ignore[attr-defined]
                labels[code] = read.label(row).strip() if code in opened else read.closed
        gone = read.gone if read is not None else _PARTS[kind].gone if kind in _PARTS else _ALWAYS.get(kind, "")
        for code in codes:
            name = f"{kind}:{code}"
            told[name] = Thing(name, labels.get(code) or gone, code in opened or kind == "results")
    return told


def _by_kind(names: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, _, code = name.partition(":")
        kinds[kind].add(code)
    return kinds
