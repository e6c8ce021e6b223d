"""Two organisations of one directory that are the same one: the first takes all that is the other's."""

from __future__ import annotations

from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from parvis.consultations.merging import absorb, watched
from parvis.consultations.models import Consultation, Invitation, Participant, Partner
from parvis.consultations.operations.contacts import out_of_reach
from parvis.consultations.operations.partner_cells import name_key
from parvis.consultations.rules import prepared_consultations
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.uniqueness import SAME_MOMENT
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation, User

ITSELF: Final = "Choisissez un autre organisme : celui-ci est déjà le même."
GONE: Final = "L'un de ces deux organismes vient d'être réuni à un autre, ou retiré : revenez à l'annuaire."
NOT_ALL_YOURS: Final = (
    "L'un de ces deux organismes prend part à une concertation que vous ne préparez pas : rien n'est changé. "
    "Demandez à qui la prépare de les réunir."
)
_FILLED: Final = ("siret", "phone", "address")
_FILLED_OF_CONTACT: Final = ("name", "position", "email", "phone")


def merge_organisations(actor: User, kept: Organisation, absorbed: Organisation) -> Organisation:
    """Give `kept` all that points at `absorbed`, then remove it; the kept one, as it then is.

    What `kept` does not know of itself is taken from the other, whose name stays as another name. Raises `RefusedInput`
    when something would be lost, or figures that were shown would count otherwise; then nothing is written.
    """
    if kept.pk == absorbed.pk or kept.territory_id != absorbed.territory_id:
        raise RefusedInput(ITSELF)
    try:
        with transaction.atomic():
            return _merge(actor, kept, absorbed)
    except IntegrityError:  # someone added to the absorbed one what nobody could see yet
        raise RefusedInput(SAME_MOMENT) from None


def _merge(actor: User, kept: Organisation, absorbed: Organisation) -> Organisation:
    kept, absorbed = _hold(kept, absorbed)
    here = Consultation.objects.filter(partners__organisation__in=[kept, absorbed])
    if here.exclude(prepared_consultations(actor)).exists():
        raise RefusedInput(NOT_ALL_YOURS)
    checks = watched(kept, absorbed)
    people = _merge_people(actor, kept, absorbed)
    moved = absorb(kept, absorbed)
    _complete(kept, absorbed)
    for check in checks:
        check()
    facts: dict[str, journal.Value] = {"absorbed": absorbed.code, "same_people": people}
    facts |= {model._meta.model_name or "": count for model, count in moved.items()}
    journal.record_all(actor, "merge_organisations", [(kept, facts)])
    return kept


def _hold(*both: Organisation) -> list[Organisation]:
    """The two rows as they stand, and what others write through, held until the end.

    The figures first, as those who freeze them; then always in the same order. Who speaks for an organisation holds her
    own row or that of the partner: she comes before, and is moved, or after, and speaks for the kept one.
    """
    keys = sorted(row.pk for row in both)
    concerned = Consultation.objects.filter(partners__organisation__in=keys).order_by().values("pk")
    _lock(Consultation.objects.filter(pk__in=concerned))
    standing = {
        row.pk: row for row in Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    }
    if len(standing) < len(keys):
        raise RefusedInput(GONE)
    theirs = Q(organisation__in=keys)
    _lock(Invitation.objects.filter(theirs))  # in the order of whoever comes in, or hands an invitation on
    _lock(Partner.objects.filter(theirs))
    _lock(Participant.objects.filter(theirs))
    _lock(Contact.objects.filter(theirs))
    return [standing[row.pk] for row in both]


def _lock(rows: QuerySet[Any]) -> None:
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def same_people(actor: User, kept: Organisation, absorbed: Organisation) -> list[tuple[Contact, Contact]]:
    """The contacts who are one person: of one address; or of one name, when one has no address and `actor` may give
    her the other's."""
    guarded = set(
        out_of_reach(actor).filter(contact__organisation__in=[kept, absorbed]).values_list("contact", flat=True)
    )
    here = list(kept.contacts.filter(erased_at=None))
    pairs = []
    for other in absorbed.contacts.filter(erased_at=None):
        same = next((one for one in here if other.email and one.email == other.email), None) or next(
            (one for one in here if _same_name(one, other) and not {one.pk, other.pk} & guarded), None
        )
        if same is not None:
            here.remove(same)
            pairs.append((same, other))
    return pairs


def _same_name(one: Contact, other: Contact) -> bool:
    key = name_key(one.name)
    return bool(key) and key == name_key(other.name) and "" in (one.email, other.email)


def _merge_people(actor: User, kept: Organisation, absorbed: Organisation) -> list[str]:
    """Those who were there twice: code of the one that goes, of the one that stays. The kept one keeps its référent."""
    if kept.contacts.filter(is_referent=True).exists():
        absorbed.contacts.filter(is_referent=True).update(is_referent=False)
    pairs = same_people(actor, kept, absorbed)
    for one, other in pairs:
        absorb(one, other)
        for name in _FILLED_OF_CONTACT:
            setattr(one, name, getattr(one, name) or getattr(other, name))
        one.is_referent = one.is_referent or other.is_referent
        one.save()
    return [f"{other.code}:{one.code}" for one, other in pairs]


def _complete(kept: Organisation, absorbed: Organisation) -> None:
    for name in _FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(absorbed, name))
    if kept.type == OrganisationType.OTHER:
        kept.type = absorbed.type
    kept.other_names = list(dict.fromkeys([*kept.other_names, absorbed.name, *absorbed.other_names]))
    kept.save()
