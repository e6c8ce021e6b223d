"""Forms of the partners' surface."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from parvis.consultations.models import Consultation
from parvis.consultations.operations.invitations import CHOOSE
from parvis.people.models import Organisation
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.models import Opinion
from parvis.sheets.operations.record_opinions import MAX_COMMENT


class ChooseForm(forms.Form):
    """Which organisation one comes from, when the invitation does not say."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Votre organisme",
        to_field_name="code",
        empty_label="Choisissez…",
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            partnerships__consultation=consultation
        ).order_by("sort_key", "pk")


class ForwardForm(forms.Form):
    """To whom an invitation is handed on; empty gives a link."""

    email = forms.EmailField(
        label="Adresse électronique de votre collègue",
        required=False,
        help_text="Nous lui envoyons une invitation. Sans adresse, vous recevez un lien à lui donner.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _as_typed(text: str) -> str:
    """Browsers send two characters for one line break."""
    return text.replace("\r\n", "\n")


class OpinionForm(forms.Form):
    """One of seven answers, a comment, a link with the action. None of them is there before it was given."""

    value = forms.ChoiceField(
        label="Votre avis",
        required=False,
        choices=OpinionValue.choices,
        error_messages={"invalid_choice": "Choisissez une des sept réponses."},
    )
    comment = forms.CharField(
        label="Un commentaire",
        required=False,
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "comment-help"}),
        error_messages={"max_length": "Ce commentaire est trop long : %(limit_value)d caractères au plus."},
    )
    relation = forms.ChoiceField(
        label="Votre lien avec cette action",
        required=False,
        choices=[("", "Choisissez…"), *Relation.choices],
        error_messages={"invalid_choice": "Choisissez un lien de la liste."},
    )

    def __init__(self, data: QueryDict | None = None, *, opinion: Opinion | None) -> None:
        self._before = {"value": "", "comment": "", "relation": ""}
        if opinion is not None:
            self._before["value"] = opinion.value
            self._before["comment"] = "" if opinion.comment_hidden_at else opinion.comment
            self._before["relation"] = opinion.relation if opinion.relation_stamp else ""
        super().__init__(data, initial=self._before)

    def clean_comment(self) -> str:
        return _as_typed(self.cleaned_data["comment"])

    def changes(self) -> dict[str, str]:
        """What was said that was not said yet. An answer that is not given takes nothing back."""
        words = {name: str(what) for name, what in self.cleaned_data.items() if what != self._before[name]}
        return {name: what for name, what in words.items() if what or name == "comment"}


class PresentationForm(forms.Form):
    """« Me la présenter »: a name and an address for the lead of an action, and for nothing else."""

    name = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez votre nom."},
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse électronique.",
            "invalid": "Cette adresse n'est pas complète : il faut un nom, une arobase, un domaine.",
        },
    )
    consent = forms.BooleanField(
        label="J'accepte que mon nom et mon adresse soient donnés au porteur de cette action, "
        "pour me la présenter, et pour rien d'autre.",
        error_messages={"required": "Cochez votre accord : sans lui, rien n'est transmis."},
    )


class ReplyForm(forms.Form):
    """What the lead of an action answers to its results; empty takes the answer back."""

    text = forms.CharField(label="Votre réponse", required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: QueryDict | None = None, *, code: str, reply: str = "") -> None:
        super().__init__(data, auto_id=f"r-{code}-%s", initial={"text": reply})

    def clean_text(self) -> str:
        return _as_typed(self.cleaned_data["text"])
