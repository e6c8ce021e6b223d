"""What is joined to a sheet: its picture, with its alternative text, and files."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.core.errors import RefusedInput
from parvis.reading.attachments import Attachment, read_attachment
from parvis.reading.pictures import Picture, read_picture

_PICTURES = "image/png,image/jpeg,image/webp"
_FILES = ".pdf,.docx,.odt,.xlsx,.ods,.pptx,.odp"


class PictureForm(forms.Form):
    """After validation, `picture` is the image drawn again; None when the one that stands is kept."""

    file = forms.FileField(
        label="Image",
        required=False,
        help_text="png, jpeg ou webp, 15 Mo au plus. Le lieu et l'appareil notés par un téléphone sont enlevés.",
        widget=forms.FileInput(attrs={"accept": _PICTURES}),
    )
    alt = forms.CharField(
        label="Ce qu'on y voit",
        required=False,
        max_length=300,
        help_text="Une phrase, lue à ceux qui ne voient pas l'image : « Trois jeunes réparent un vélo dans la cour ».",
    )
    decorative = forms.BooleanField(
        label="L'image décore seulement : elle n'apprend rien de plus que le texte", required=False
    )
    picture: Picture | None = None

    def __init__(self, *args: Any, standing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._standing = standing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            try:
                self.picture = read_picture(file.read())
            except RefusedInput as refused:
                self.add_error("file", refused.message)
        elif not self._standing and "file" not in self.errors:
            self.add_error("file", "Choisissez une image.")
        if bool(cleaned.get("alt")) == bool(cleaned.get("decorative")):
            again = " Choisissez aussi l'image de nouveau." if file else ""
            message = f"Dites en une phrase ce qu'on voit, ou cochez que l'image décore seulement.{again}"
            self.add_error("alt", message)
        return cleaned

    def alt_text(self) -> str:
        """Empty for an image that only decorates."""
        return str(self.cleaned_data["alt"])


class AttachmentForm(forms.Form):
    """After validation, `attachment` is the file, checked."""

    file = forms.FileField(
        label="Fichier",
        help_text="pdf, docx, odt, xlsx, ods, pptx ou odp, 10 Mo au plus, sans macros. Son nom est montré tel quel.",
        widget=forms.FileInput(attrs={"accept": _FILES}),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )
    attachment: Attachment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            try:
                self.attachment = read_attachment(file.read(), file.name)
            except RefusedInput as refused:
                self.add_error("file", refused.message)
        return cleaned
