"""Word files brought as sheets, and the form by which one of them is looked over."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict

from parvis.consultations.models import Consultation
from parvis.sheets.models import ActionSheet, WaitingSheet
from parvis.sheets.operations.waiting_sheets import PictureChoice
from parvis.sheets.read_match import Matched, note_of
from parvis.web.desk.minutes.forms import FilesInput
from parvis.web.desk.sheets.forms import SheetForm

_MOST_FILES: Final = 40
_MOST_TYPED: Final = 100_000


class _Documents(forms.Field):
    """Files as they come: each is read, or refused, by itself."""

    widget = FilesInput(attrs={"accept": ".docx,.odt,.xlsx,.ods"})

    def clean(self, value: Any) -> Any:
        return value


class WordFilesForm(forms.Form):
    """Several files at once."""

    documents = _Documents(
        label="Fiches écrites en Word, en Excel ou en LibreOffice",
        required=False,
        help_text="docx, odt, xlsx ou ods ; une fiche ou plusieurs dans chacun, 20 Mo au plus. Plusieurs à la fois.",
    )

    def clean_documents(self) -> Any:
        files = self.cleaned_data["documents"]
        if not files:
            raise forms.ValidationError("Choisissez au moins un fichier.")
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(f"Déposez {_MOST_FILES} fichiers au plus à la fois.")
        return files


class WaitingSheetForm(SheetForm):
    """The form of a sheet, with what the file adds: a sheet of the same title, a picture."""

    update = forms.BooleanField(label="Mettre à jour la fiche qui porte déjà cet intitulé", required=False)
    take_picture = forms.BooleanField(label="Prendre l'image du fichier", required=False)
    picture_alt = forms.CharField(
        label="Ce qu'on y voit",
        required=False,
        max_length=300,
        help_text="Une phrase, lue à ceux qui ne la voient pas.",
    )

    def __init__(self, *args: Any, consultation: Consultation, picture: bool, same: bool, **kwargs: Any) -> None:
        super().__init__(*args, consultation=consultation, **kwargs)
        if not picture:
            del self.fields["take_picture"], self.fields["picture_alt"]
        if not same:
            del self.fields["update"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("take_picture") and not cleaned.get("picture_alt"):
            self.add_error("picture_alt", "Dites en une phrase ce qu'on voit sur l'image, ou décochez-la.")
        return cleaned

    def picture(self) -> PictureChoice | None:
        given = self.cleaned_data
        return PictureChoice(given["picture_alt"]) if given.get("take_picture") else None

    def over(self, same: ActionSheet | None) -> ActionSheet | None:
        """The sheet to bring up to date, when that was chosen."""
        return same if self.cleaned_data.get("update") else None


def initial_of(waiting: WaitingSheet, matched: Matched) -> dict[str, Any]:
    """What the form shows first: what an agent left, else what was read."""
    if waiting.typed is not None:
        return dict(waiting.typed)
    read = waiting.read
    plain = {name: read[name] for name in ("title", "summary", "public", "since", "budget", "text")}
    return plain | {
        "themes": [theme.code for theme in matched.themes],
        "territories": [place.code for place in matched.territories],
        "lead": matched.lead.code if matched.lead is not None else None,
        "lead_name": read["lead"],
        "partners": "\n".join(read["partners"]),
        "funding": "\n".join(" : ".join(part for part in line if part) for line in read["funding"]),
        "indicators": "\n".join(read["indicators"]),
        "internal_note": note_of(read),
        "audience": SheetForm.base_fields["audience"].initial,
        "take_picture": bool(waiting.source.picture_alt),
        "picture_alt": waiting.source.picture_alt,
    }


def typed_in(form: forms.Form, sent: QueryDict) -> dict[str, Any]:
    """What was typed, field by field, valid or not."""
    typed: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelMultipleChoiceField):
            typed[name] = [value[:20] for value in sent.getlist(name)[:500]]
        elif isinstance(field, forms.BooleanField):
            typed[name] = name in sent
        else:
            typed[name] = sent.get(name, "").replace("\x00", "")[:_MOST_TYPED]
    return typed
