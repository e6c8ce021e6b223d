"""What stands beside the figures in the workbook of the desk: comments, the leads' replies, the directory."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from parvis.consultations.counted import counted
from parvis.consultations.models import Consultation
from parvis.documents.tables import Column, Table
from parvis.gathering.desk.directory_tables import directory_table
from parvis.sheets.models import LeadReply, Opinion
from parvis.sheets.rules import NOT_HIDDEN

_NUMBER: Final = Column("number", "Numéro", "Le numéro de la fiche.")
_TITLE: Final = Column("title", "Action", "L'intitulé de la fiche.")


def with_words(figures: Table, consultation: Consultation) -> Table:
    """The figures, with tables of who wrote what. For whoever may read names: `naming_consultations`."""
    directory = replace(directory_table(consultation), name="Annuaire")
    return replace(figures, others=(_comments(consultation), _replies(consultation), directory))


def _comments(consultation: Consultation) -> Table:
    """Those that count and that moderation did not hide. One query."""
    opinions = Opinion.objects.filter(
        NOT_HIDDEN, counted("participant__"), sheet__consultation=consultation, comment_hidden_at=None
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
        Column("organisation", "Organisme", "Le nom de l'organisme."),
        Column("person", "Personne", "La personne, quand elle est connue."),
        Column("value", "Avis", "L'avis que le commentaire explique."),
        Column("text", "Commentaire", "Ce que la personne a écrit ; ce que la modération a masqué n'y est pas."),
    )
    return Table("Commentaires", columns, rows)


def _replies(consultation: Consultation) -> Table:
    """One query."""
    replies = LeadReply.objects.filter(NOT_HIDDEN, sheet__consultation=consultation, hidden_at=None).exclude(text="")
    rows = tuple(
        (reply.sheet.number, reply.sheet.title, reply.sheet.lead_name, reply.text)
        for reply in replies.select_related("sheet").order_by("sheet__number", "sheet__code")
    )
    lead = Column("lead", "Porteur", "L'organisme qui porte l'action.")
    return Table("Réponses des porteurs", (_NUMBER, _TITLE, lead, Column("text", "Réponse", "Ce qu'il répond.")), rows)
