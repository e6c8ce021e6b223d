"""A room: its agenda, its tables, who sits there."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from parvis.consultations.models import Participant
from parvis.core.codes import new_code, new_room_code
from parvis.core.one_line import OneLineField
from parvis.meetings.enums import Admission, BoardState, RoomStep, SeatRole
from parvis.meetings.models.meeting import Meeting
from parvis.people.models import User
from parvis.sheets.models import ActionSheet


class Board(models.Model):
    """The board of a meeting, and the clock of its room.

    `version` grows at each change that a screen shows; `RowVersion` says which rows moved. A device that knows a
    version before `whole_before` is given the whole room. `clock` is the greatest Lamport clock received in the room:
    the facilitator's next intention is one more. `screen_page` is the page that the screen showed at
    `screen_turns_from`; without that moment, the page is held.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="board", verbose_name="rencontre")
    room = models.CharField("code de la salle", max_length=6, unique=True, default=new_room_code, editable=False)
    state = models.CharField("état", max_length=8, choices=BoardState, default=BoardState.PREPARED)
    rehearsal = models.BooleanField("répétition", default=False, help_text="Invented answers, erased in one gesture.")
    tables = models.PositiveSmallIntegerField(
        "tables", default=4, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    dots_per_person = models.PositiveSmallIntegerField(
        "gommettes par personne", default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    expected_people = models.PositiveSmallIntegerField(
        "téléphones attendus", default=60, validators=[MinValueValidator(1), MaxValueValidator(1_000)]
    )
    approve_first = models.BooleanField("les notes des téléphones attendent l'animation avant l'écran", default=False)
    step = models.ForeignKey("BoardStep", models.SET_NULL, null=True, blank=True, related_name="+")
    step_ends_at = models.DateTimeField("l'étape finit à", null=True, blank=True)
    seconds_left = models.PositiveIntegerField("secondes restantes, en pause", null=True, blank=True)
    discussed = models.ForeignKey(ActionSheet, models.SET_NULL, null=True, blank=True, related_name="+")
    screen_page = models.PositiveSmallIntegerField("page de l'écran", default=0)
    screen_turns_from = models.DateTimeField("les pages tournent depuis", null=True, blank=True)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    whole_before = models.PositiveBigIntegerField(default=0, editable=False)
    clock = models.PositiveBigIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "salle"
        verbose_name_plural = "salles"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"salle {self.room}"

    @property
    def journal_name(self) -> str:
        return f"board:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.meeting.consultation.code


class BoardStep(models.Model):
    """One line of the agenda, timed."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("ordre")
    kind = models.CharField("nature", max_length=12, choices=RoomStep)
    title = OneLineField("intitulé", max_length=120)
    minutes = models.PositiveSmallIntegerField("durée (minutes)", default=20)

    class Meta:
        verbose_name = "étape de l'atelier"
        verbose_name_plural = "étapes de l'atelier"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["board", "position"], name="board_step_once")]

    def __str__(self) -> str:
        return self.title


class BoardSheet(models.Model):
    """An action that the room looks at. `points`: what the facilitator gathered about it, one a line, unsigned."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="board_sheets")
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField("ordre", default=0)
    points = models.TextField("points soulevés", blank=True, max_length=2_000)

    class Meta:
        verbose_name = "fiche discutée"
        verbose_name_plural = "fiches discutées"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["board", "sheet"], name="board_sheet_once")]

    def __str__(self) -> str:
        return f"{self.board_id} · {self.sheet_id}"


class Seat(models.Model):
    """A place in a room. A table has one secretary's seat, whatever the laptop: another can take it over.

    What is written from a seat that is not admitted is refused; what was, before, counts for nothing and is not shown.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="seats")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="seats")
    role = models.CharField("rôle", max_length=12, choices=SeatRole)
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField("arrivée à")
    admission = models.CharField("entrée", max_length=12, choices=Admission, default=Admission.ADMITTED)

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["board", "participant"], name="seat_once"),
            models.UniqueConstraint(
                fields=["board", "table"], condition=Q(role="secretary"), name="seat_secretary_once"
            ),
            models.UniqueConstraint(fields=["board", "user"], condition=~Q(user=None), name="seat_facilitator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.board_id}"
