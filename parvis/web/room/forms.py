"""The code that opens a room, and the notes typed there."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from parvis.consultations.enums import Kind
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
    theme = forms.ChoiceField(label="Thématique")
    text = forms.CharField(
        label="Votre note",
        widget=forms.Textarea(attrs={"rows": 3, "enterkeyhint": "send"}),
        error_messages={"required": "Écrivez au moins un mot."},
    )
    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, themes: list[dict[str, str]], step: dict[str, Any] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [(theme["code"], theme["name"]) for theme in themes]
        fields["theme"].initial = themes[0]["code"] if themes else None
        fields["contribution_kind"].initial = KIND_OF_STEP.get(step["kind"] if step else "", Kind.UNSORTED)

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
"""What one writes by default at each step."""
