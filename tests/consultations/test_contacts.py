"""The directory one by one: people, référent, organisations."""

from __future__ import annotations

import pytest
from django.core import serializers

from parvis.consultations.models import Partner
from parvis.consultations.operations.contacts import ContactDetails, remove_contact, save_contact, set_referent
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.operations.invitations import find_invitation, invite_contact, token_of
from parvis.consultations.operations.organisations import (
    OrganisationDetails,
    add_partner,
    change_organisation,
)
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.sheets.models import Opinion
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db
CANARY = "zyxcanari"


def test_save_contact_adds_then_corrects_and_journals_no_word_of_it() -> None:
    world = make_sheets()
    alice = world.scene.alice
    made, _ = save_contact(alice, world.caf, ContactDetails(name=f" {CANARY}  Diop ", email="A.Diop@Caf.example"))
    assert (made.name, made.email) == (f"{CANARY} Diop", "a.diop@caf.example")
    save_contact(alice, world.caf, ContactDetails(name="Awa Diop", email="a.diop@caf.example", phone="01 02"), made)
    made.refresh_from_db()
    assert (made.name, made.phone, made.sort_key) == ("Awa Diop", "01 02", "awa diop")
    entries = JournalEntry.objects.filter(subject=made.journal_name).order_by("pk")
    assert [entry.verb for entry in entries] == ["add_contact", "change_contact"]
    assert entries[1].values == {"fields": ["name", "phone"]}
    assert CANARY not in serializers.serialize("json", entries)


def test_save_contact_unchanged_writes_nothing() -> None:
    world = make_sheets()
    made, _ = save_contact(world.scene.alice, world.caf, ContactDetails(name="Awa"))
    save_contact(world.scene.alice, world.caf, ContactDetails(name="Awa"), made)
    assert JournalEntry.objects.filter(subject=made.journal_name).count() == 1


def test_save_contact_without_name_nor_address_is_refused() -> None:
    world = make_sheets()
    with pytest.raises(RefusedInput, match="au moins"):
        save_contact(world.scene.alice, world.caf, ContactDetails(position="Directrice", name="  "))
    assert not Contact.objects.exists()


def test_save_contact_twice_at_one_address_is_refused_in_one_organisation_only() -> None:
    world = make_sheets()
    details = ContactDetails(name="Awa", email="awa@exemple.fr")
    save_contact(world.scene.alice, world.caf, details)
    with pytest.raises(RefusedInput, match="déjà"):
        save_contact(world.scene.alice, world.caf, ContactDetails(name="Autre", email="AWA@exemple.fr"))
    save_contact(world.scene.alice, world.ddets, details)
    assert Contact.objects.count() == 2


def test_another_address_closes_what_was_sent_to_the_former_one() -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    contact = someone.contact
    assert contact is not None
    key, token = world.key(someone), token_of(invite_contact(None, world.consultation, contact).code)
    world.opine(someone, world.permis, "continue")
    same = ContactDetails(name="Nom corrigé", email=contact.email)
    assert save_contact(world.scene.alice, world.caf, same, contact)[1] == 0
    assert find_invitation(token) is not None
    _, closed = save_contact(world.scene.alice, world.caf, ContactDetails(email="juste@caf.example"), contact)
    assert closed == 1
    assert find_invitation(token) is None
    assert participant_of_key(key) is None
    assert Opinion.objects.get().value == "continue"
    contact.refresh_from_db()
    again = invite_contact(None, world.consultation, contact)
    assert find_invitation(token_of(again.code)) is not None


def test_set_referent_takes_the_place_of_the_former_one() -> None:
    world = make_sheets()
    first, second = (world.participant(world.caf, name).contact for name in ("Une", "Deux"))
    elsewhere = world.participant(world.ddets).contact
    assert first is not None
    assert second is not None
    assert elsewhere is not None
    for each in (first, elsewhere, second, second):
        set_referent(world.scene.alice, each, referent=True)
    held = Contact.objects.filter(is_referent=True).order_by("pk")
    assert set(held) == {second, elsewhere}
    set_referent(world.scene.alice, second, referent=False)
    assert list(Contact.objects.filter(is_referent=True)) == [elsewhere]
    verbs = JournalEntry.objects.filter(subject=second.journal_name).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["designate_referent", "dismiss_referent"]


def test_remove_contact_forgets_her_here_and_keeps_the_value() -> None:
    world = make_sheets()
    someone = world.participant(world.caf, name=CANARY)
    contact = someone.contact
    assert contact is not None
    namesake = Contact.objects.create(organisation=world.ddets, name="Elle-même", email=contact.email)
    key, token = world.key(someone), token_of(invite_contact(None, world.consultation, contact).code)
    world.opine(someone, world.permis, "adapt", comment=f"{CANARY} dit")
    set_referent(world.scene.alice, contact, referent=True)
    remove_contact(world.scene.alice, contact)
    left = [*Contact.objects.all(), *Opinion.objects.all(), *JournalEntry.objects.all()]
    assert CANARY not in serializers.serialize("json", left)
    assert Opinion.objects.get().value == "adapt"
    assert (find_invitation(token), participant_of_key(key)) == (None, None)
    assert not Contact.objects.filter(is_referent=True).exists()
    namesake.refresh_from_db()
    assert namesake.name == "Elle-même"


def test_an_erased_contact_is_not_brought_back() -> None:
    world = make_sheets()
    contact = world.participant(world.caf).contact
    assert contact is not None
    remove_contact(world.scene.alice, contact)
    for change in (
        lambda: save_contact(world.scene.alice, world.caf, ContactDetails(name="Retour"), contact),
        lambda: set_referent(world.scene.alice, contact, referent=True),
        lambda: remove_contact(world.scene.alice, contact),
    ):
        with pytest.raises(RefusedInput, match="effacé"):
            change()


def details(name: str, **more: str) -> OrganisationDetails:
    return OrganisationDetails(name=name, type=OrganisationType.ASSOCIATION, **more)


def test_add_partner_makes_an_organisation_or_takes_the_one_of_the_directory() -> None:
    world = make_sheets()
    alice = world.scene.alice
    made = add_partner(alice, world.consultation, details("Le Pont", siret="356 000 000 00048"))
    assert (made.organisation.siret, made.organisation.territory) == ("35600000000048", world.consultation.territory)
    with pytest.raises(RefusedInput, match="déjà dans l'annuaire"):
        add_partner(alice, world.consultation, details("LE PONT"))
    known = Organisation.objects.create(territory=world.consultation.territory, name="Déjà connue", phone="01")
    assert add_partner(alice, world.consultation, details("déjà connue")).organisation == known
    known.refresh_from_db()
    assert (known.phone, known.type) == ("01", OrganisationType.OTHER)


@pytest.mark.parametrize(("name", "siret"), [("Le Pont", "12345678901234"), ("Le Pont", "12"), ("!!!", "")])
def test_add_partner_refuses_what_is_wrong_and_keeps_nothing(name: str, siret: str) -> None:
    world = make_sheets()
    before = Organisation.objects.count(), Partner.objects.count()
    with pytest.raises(RefusedInput):
        add_partner(world.scene.alice, world.consultation, details(name, siret=siret))
    assert (Organisation.objects.count(), Partner.objects.count()) == before


def test_change_organisation_never_takes_the_name_of_another() -> None:
    world = make_sheets()
    with pytest.raises(RefusedInput, match="porte déjà ce nom"):
        change_organisation(world.scene.alice, world.caf, details("ddets"))
    change_organisation(world.scene.alice, world.caf, details("Caf de Lune"))
    world.caf.refresh_from_db()
    assert (world.caf.name, world.caf.type) == ("Caf de Lune", OrganisationType.ASSOCIATION)
