"""A table brought by an agent: a file, or lines pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.core.errors import RefusedInput
from parvis.reading.spreadsheets import Grid, read_pasted, read_table

_MAX_BYTES = 20_000_000


class TableForm(forms.Form):
    """After reading, `grid` is the table; `text` holds it again, to be confirmed without choosing the file twice."""

    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text="Un tableau .xlsx, .ods ou .csv, avec une ligne de titres. 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,text/csv"}),
    )
    text = forms.CharField(
        label="Ou collez les lignes de votre tableur, titres compris",
        required=False,
        strip=False,
        max_length=_MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    grid: Grid

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        try:
            if file:
                if file.size > _MAX_BYTES:
                    raise RefusedInput("Ce fichier dépasse 20 Mo : gardez les lignes utiles, et recommencez.")
                self.grid = read_table(file.read(), file.name)
            elif (cleaned.get("text") or "").strip():
                self.grid = read_pasted(cleaned["text"])
            elif not self.errors:
                raise RefusedInput("Choisissez un fichier, ou collez les lignes de votre tableur.")
        except RefusedInput as refused:
            self.add_error("file" if file else "text", refused.message)
        return cleaned

    def grid_text(self) -> str:
        """The table as text that reads back the same."""
        return self.grid.as_text()
