"""What is typed to pass a validation step, whatever is validated."""

from __future__ import annotations

from django import forms

from parvis.consultations.enums import StepKind


class StepForm(forms.Form):
    """Passes the step that the page showed."""

    step = forms.ChoiceField(
        choices=StepKind,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Cette page est incomplète : rechargez-la, puis recommencez.",
            "invalid_choice": "Cette étape n'existe pas : rechargez la page.",
        },
    )
    note = forms.CharField(
        label="Remarque",
        required=False,
        max_length=2000,
        help_text="Gardée avec l'étape, lue par les agents.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    prefix = "etape"

    @property
    def chosen(self) -> StepKind:
        return StepKind(self.cleaned_data["step"])
