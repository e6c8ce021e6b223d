"""What stands beside the figures in the workbook of the desk: comments, the leads' replies, the directory."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from parvis.consultations.counted import counted
from parvis.consultations.models import Consultation
from parvis.documents.tables import Column, Table
from parvis.people.models import Contact
from parvis.sheets.models import LeadReply, Opinion

_NUMBER: Final = Column("number", "Numéro", "Le numéro de la fiche.")
_TITLE: Final = Column("title", "Action", "L'intitulé de la fiche.")
_ORGANISATION: Final = Column("organisation", "Organisme", "Le nom de l'organisme.")
_PERSON: Final = Column("person", "Personne", "La personne, quand elle est connue.")


def with_words(figures: Table, consultation: Consultation) -> Table:
    """The figures, with tables of who wrote what. For whoever may read names: `naming_consultations`."""
    return replace(figures, others=(_comments(consultation), _replies(consultation), _directory(consultation)))


def _comments(consultation: Consultation) -> Table:
    """Those that count and that moderation did not hide. One query."""
    opinions = Opinion.objects.filter(
        counted("participant__"), sheet__consultation=consultation, comment_hidden_at=None
    )
    rows = tuple(
        (
            opinion.sheet.number,
            opinion.sheet.title,
            str(opinion.participant.organisation or ""),
            str(opinion.participant.contact or ""),
            opinion.get_value_display(),
            opinion.comment,
        )
        for opinion in opinions.exclude(comment="")
        .select_related("sheet", "participant__organisation", "participant__contact")
        .order_by("sheet__number", "code")
    )
    columns = (
        _NUMBER,
        _TITLE,
        _ORGANISATION,
        _PERSON,
        Column("value", "Avis", "L'avis que le commentaire explique."),
        Column("text", "Commentaire", "Ce que la personne a écrit ; ce que la modération a masqué n'y est pas."),
    )
    return Table("Commentaires", columns, rows)


def _replies(consultation: Consultation) -> Table:
    """One query."""
    replies = LeadReply.objects.filter(sheet__consultation=consultation, hidden_at=None).exclude(text="")
    rows = tuple(
        (reply.sheet.number, reply.sheet.title, reply.sheet.lead_name, reply.text)
        for reply in replies.select_related("sheet").order_by("sheet__number", "sheet__code")
    )
    lead = Column("lead", "Porteur", "L'organisme qui porte l'action.")
    return Table("Réponses des porteurs", (_NUMBER, _TITLE, lead, Column("text", "Réponse", "Ce qu'il répond.")), rows)


def _directory(consultation: Consultation) -> Table:
    """Under the titles that the import of partners reads. One query."""
    contacts = Contact.objects.filter(organisation__partnerships__consultation=consultation, erased_at=None)
    rows = tuple(
        (
            contact.organisation.name,
            contact.organisation.get_type_display(),
            contact.organisation.siret,
            contact.name,
            contact.position,
            contact.email,
            contact.phone,
            contact.is_referent,
        )
        for contact in contacts.select_related("organisation").order_by("organisation__sort_key", "code")
    )
    columns = (
        _ORGANISATION,
        Column("type", "Type", "Sa nature."),
        Column("siret", "SIRET", "Son numéro."),
        Column("contact", "Contact", "Le nom de la personne."),
        Column("position", "Fonction", "Sa fonction."),
        Column("email", "Courriel", "Son adresse."),
        Column("phone", "Téléphone", "Son numéro."),
        Column("referent", "Référent", "Si elle répond pour l'organisme."),
    )
    return Table("Annuaire", columns, rows)
