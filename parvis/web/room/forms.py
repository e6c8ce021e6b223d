"""The code that opens a room, and the notes typed there."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from parvis.consultations.enums import Kind
from parvis.french.kinds import KINDS
from parvis.meetings.enums import RoomStep


class RoomCodeForm(forms.Form):
    """A room code and, for who sits at a table, its number."""

    code = forms.CharField(
        label="Code de la salle",
        max_length=20,
        help_text="Six lettres et chiffres, affichés à l'écran.",
        error_messages={"required": "Écrivez le code de la salle : il est affiché à l'écran."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
        ),
    )
    table = forms.IntegerField(label="Numéro de votre table", required=False, min_value=1, max_value=40)


class NoteForm(forms.Form):
    """A note. Its reference is drawn with the form: sent twice, it counts once."""

    contribution_kind = forms.ChoiceField(
        label="Nature",
        choices=[(kind.value, kind.label) for kind in (Kind.STRENGTH, Kind.CHALLENGE, Kind.PROPOSAL, Kind.UNSORTED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : atout, défi, proposition ou à classer."},
    )
    theme = forms.ChoiceField(
        label="Thématique", error_messages={"required": "Choisissez la thématique : elle range votre note."}
    )
    text = forms.CharField(
        label="Votre note",
        widget=forms.Textarea(attrs={"rows": 3, "enterkeyhint": "send"}),
        error_messages={"required": "Écrivez au moins un mot."},
    )
    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, themes: list[dict[str, str]], step: dict[str, Any] | None, theme: str = "", **kwargs: Any
    ) -> None:
        """`theme`: the one of her last note. Neither it nor the kind is ever guessed: the step says it, or she does."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        choices = [(known["code"], known["name"]) for known in themes]
        fields["theme"].choices = choices if len(choices) == 1 else [("", "Choisissez…"), *choices]
        fields["theme"].initial = theme if theme in dict(choices) else choices[0][0] if len(choices) == 1 else ""
        self.kind_of_step = KIND_OF_STEP.get(step["kind"] if step else "")
        fields["contribution_kind"].initial = self.kind_of_step

    @property
    def added(self) -> str:
        """What became of the note, once it is written."""
        return f"Note ajoutée : {KINDS[self.cleaned_data['contribution_kind']].one.lower()}."

    def operation(self) -> dict[str, Any]:
        """What the operation `note` is sent."""
        return self.cleaned_data | {"op_id": str(self.cleaned_data["op_id"])}


class TableNoteForm(NoteForm):
    """A note of a table: it may be what the table concludes."""

    conclusion = forms.BooleanField(label="C'est une conclusion", required=False)


KIND_OF_STEP: dict[str, Kind] = {
    RoomStep.STRENGTHS: Kind.STRENGTH,
    RoomStep.CHALLENGES: Kind.CHALLENGE,
    RoomStep.PROPOSALS: Kind.PROPOSAL,
}
"""What one writes at a step that has a kind of its own; at another one, each note says its kind."""
