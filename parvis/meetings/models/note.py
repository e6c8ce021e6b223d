"""What a room writes: notes, families, dots.

The state of a room is a map of registers, each with the stamp (`outbox.Op.stamp`) of the intention that set it; the
greatest wins. A register may come before the note it is about: everything is tied by references (the `op_id` of the
operation that made the note or the family), so any order of arrival ends the same.
"""

from __future__ import annotations

import uuid

from django.db import models

from parvis.consultations.models import Contribution, Participant
from parvis.core.codes import new_code
from parvis.core.one_line import OneLineField
from parvis.meetings.enums import MarkField, RoomStep
from parvis.meetings.models.board import Board
from parvis.people.models import User

_STAMP = 130


class Note(models.Model):
    """A contribution written in a room: where, and when in the agenda. Its words are the contribution's."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="notes")
    reference = models.UUIDField("référence", help_text="The operation that brought it.")
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="note")
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)
    step = models.CharField("étape", max_length=12, choices=RoomStep, blank=True)
    from_phone = models.BooleanField("écrite sur un téléphone", default=False)
    split_from = models.UUIDField("séparée de", null=True, blank=True)
    written_at = models.DateTimeField("reçue à")

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "reference"], name="note_reference_once")]

    def __str__(self) -> str:
        return f"note {self.reference}"


class NoteVersion(models.Model):
    """What one intention made of a note. All are kept, the ones that lost too, until the note is erased."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="note_versions")
    reference = models.UUIDField("note")
    stamp = models.CharField(max_length=_STAMP)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    text = models.TextField("texte", null=True)
    kind = models.CharField("nature", max_length=12, null=True)
    theme = models.CharField("thématique", max_length=12, null=True, help_text="Code of a theme.")
    at = models.DateTimeField("reçue à")

    class Meta:
        verbose_name = "version d'une note"
        verbose_name_plural = "versions des notes"
        ordering = ["stamp"]
        constraints = [models.UniqueConstraint(fields=["board", "reference", "stamp"], name="note_version_once")]

    def __str__(self) -> str:
        return f"version {self.stamp}"


class Family(models.Model):
    """A family of ideas (« patate »): a title; its notes are those marked with its reference."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="families")
    reference = models.UUIDField("référence", help_text="The operation that made it.")
    title = OneLineField("titre", max_length=200)
    title_stamp = models.CharField(max_length=_STAMP)
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)

    class Meta:
        verbose_name = "famille"
        verbose_name_plural = "familles"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "reference"], name="family_reference_once")]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """One register of a note or of a family: `value` is a reference, `1`, or nothing."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="marks")
    reference = models.UUIDField("note ou famille")
    field = models.CharField("champ", max_length=12, choices=MarkField)
    value = models.CharField("valeur", max_length=40, blank=True)
    stamp = models.CharField(max_length=_STAMP)

    class Meta:
        verbose_name = "marque"
        verbose_name_plural = "marques"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "reference", "field"], name="mark_once")]
        indexes = [models.Index(fields=["board", "value"], name="mark_by_value")]

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"


class RowVersion(models.Model):
    """The version of the room at which what is shown of a note or of a family last moved.

    Made with the note or the family, and left behind when it goes: a device that asks what changed since learns from it
    what to take away. Written by `row_versions.RowMoves` alone, under the board's lock.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="row_versions")
    reference = models.UUIDField("note ou famille")
    version = models.PositiveBigIntegerField("version")

    class Meta:
        verbose_name = "version d'une ligne de la salle"
        verbose_name_plural = "versions des lignes de la salle"
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["board", "reference"], name="row_version_once")]
        indexes = [models.Index(fields=["board", "version"], name="row_version_since")]

    def __str__(self) -> str:
        return f"{self.reference} à {self.version}"


class Dot(models.Model):
    """The stickers that someone put on a note or on a family. Those beyond what she may place are kept, not counted."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="dots")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="dots")
    target = models.UUIDField("note ou famille")
    count = models.PositiveIntegerField("gommettes")
    stamp = models.CharField(max_length=_STAMP)

    class Meta:
        verbose_name = "gommettes"
        verbose_name_plural = "gommettes"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "participant", "target"], name="dot_once")]

    def __str__(self) -> str:
        return f"{self.count} · {self.target}"


class Photo(models.Model):
    """A photograph of a paperboard. In the database: one backup holds everything."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="photos")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    reference = models.UUIDField(
        "référence", default=uuid.uuid4, help_text="Drawn by the device: sent twice, kept once."
    )
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)
    alt = models.CharField("ce qu'on y lit", max_length=300, blank=True)
    content_type = models.CharField(max_length=40)
    data = models.BinaryField()
    size = models.PositiveIntegerField("taille (octets)")
    taken_at = models.DateTimeField("reçue à")
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "photographie"
        verbose_name_plural = "photographies"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "reference"], name="photo_reference_once")]

    def __str__(self) -> str:
        return f"photographie {self.code}"
