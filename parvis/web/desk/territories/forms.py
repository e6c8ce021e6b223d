"""The official files that an administrator brings, and what she settles of a territory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from parvis.core.errors import RefusedInput
from parvis.territories.models import Territory
from parvis.territories.readers.files import MAX_BYTES, text_of_file
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import OneLine


class TerritoryForm(ComparedForm):
    """What an administrator settles of a territory."""

    name = OneLine(
        label="Nom", max_length=120,
        help_text="Les fichiers officiels que vous importerez ne changeront plus un nom que vous avez corrigé.",
    )  # fmt: skip
    hidden = forms.BooleanField(
        label="Ne pas le montrer", required=False,
        help_text="Il n'est plus proposé aux agents ni montré au public, ni ce qui est au-dessous. Rien n'est perdu.",
    )  # fmt: skip

    @staticmethod
    def values(territory: Territory, /) -> dict[str, Any]:
        return {"name": territory.name, "hidden": territory.hidden}

    def settled(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "hidden")}


class ImportTerritoriesForm(forms.Form):
    """A file, or its pasted text. After a refusal the text of the file comes back in the box."""

    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text="Quartiers ou communes en .csv, .xlsx ou .ods, ou contours en .geojson. 30 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods,.json,.geojson,text/csv,application/geo+json"}),
    )
    text = forms.CharField(
        label="Ou collez les lignes du tableau, avec son en-tête",
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if isinstance(file, UploadedFile):
            if (file.size or 0) > MAX_BYTES:
                raise forms.ValidationError("Ce fichier dépasse 30 Mo : gardez les lignes de votre territoire.")
            try:
                cleaned["text"] = text_of_file(file.read())
            except RefusedInput as refused:
                self.add_error("file", refused.message)
        elif not (cleaned.get("text") or "").strip() and not self.errors:
            self.add_error("text", "Choisissez un fichier, ou collez les lignes du tableau.")
        return cleaned
