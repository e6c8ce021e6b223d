"""What agents type about minutes. A form checks the shape; the operation checks the rest."""

from __future__ import annotations

from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from parvis.consultations.enums import Audience, Kind
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.choose_readers import readers_to_offer
from parvis.reading.limits import MAX_BYTES, MAX_CHARACTERS
from parvis.web.desk.form_fields import OneLine

Upload: TypeAlias = "UploadedFile[Any]"
MAX_LINES = 2000
ACCEPTED = ".docx,.odt,.pdf,.txt,.md,.html,.htm"
_STALE_PAGE = "Cette page est incomplète : rechargez-la, puis recommencez."


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Upload], name: str) -> list[Upload]:
        return files.getlist(name)


class FilesField(forms.Field):
    """Several files, each small enough to be read."""

    widget = FilesInput

    def clean(self, value: list[Upload]) -> list[Upload]:
        for file in value:
            if (file.size or 0) > MAX_BYTES:
                raise forms.ValidationError(
                    f"{file.name} dépasse {MAX_BYTES // 1_000_000} Mo : gardez seulement le texte du compte-rendu, "
                    "ou coupez-le en plusieurs fichiers."
                )
        return value


class ImportForm(forms.Form):
    reports = FilesField(
        label="Fichiers",
        required=False,
        help_text="Word, LibreOffice, PDF, texte ou page web. Plusieurs à la fois, 20 Mo au plus chacun.",
        widget=FilesInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label="Ou collez le texte du compte-rendu",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        error_messages={"max_length": "Ce texte est trop long : coupez-le en plusieurs morceaux."},
    )

    rich = forms.CharField(required=False, strip=False, max_length=MAX_CHARACTERS, widget=forms.HiddenInput)
    """The same pasted text with its headings and lists, when the browser gave them (`pasted-structure.js`)."""

    readers = forms.ChoiceField(required=False, choices=Audience.choices, widget=forms.RadioSelect)
    """Who may read, once it was asked (`_readers_asked.html`)."""

    def chosen_readers(self, meeting: Meeting) -> Audience | None:
        """Those chosen among the ones offered; None when nothing was answered."""
        chosen = self.cleaned_data["readers"]
        return Audience(chosen) if chosen in readers_to_offer(meeting) else None

    def named_bytes(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each report, the pasted text last."""
        files = [(file.name or "fichier", file.read()) for file in self.cleaned_data["reports"]]
        if self.cleaned_data["text"].strip() and self.cleaned_data["rich"].strip():
            files.append(("texte collé.html", self.cleaned_data["rich"].encode()))
        elif self.cleaned_data["text"].strip():
            files.append(("texte collé.txt", self.cleaned_data["text"].encode()))
        return files


class CodesField(forms.Field):
    """Codes of lines, as many as are ticked."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[str]:
        codes = list(dict.fromkeys(value or []))
        if len(codes) > MAX_LINES or any(len(code) > 12 for code in codes):
            raise forms.ValidationError(_STALE_PAGE)
        return codes


class VersionForm(forms.Form):
    """Carries the version of the text that the agent was looking at."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": _STALE_PAGE, "invalid": _STALE_PAGE, "min_value": _STALE_PAGE},
    )


class ReviewActionForm(VersionForm):
    """One action on the ticked lines. `gesture` names the button that was pressed."""

    gesture = forms.CharField(max_length=40, error_messages={"required": _STALE_PAGE})
    lines = CodesField(required=False)
    theme = forms.CharField(required=False, max_length=12)
    rank = forms.IntegerField(
        required=False,
        min_value=1,
        error_messages={"invalid": "Écrivez le numéro d'une ligne.", "min_value": "Écrivez le numéro d'une ligne."},
    )
    before = forms.CharField(required=False, max_length=12)
    territory = forms.CharField(required=False, max_length=12)


class LineForm(VersionForm):
    """The text of one line."""

    text = forms.CharField(
        label="Texte",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Le texte est vide : écrivez-le, ou mettez la ligne de côté."},
    )
    details = forms.CharField(
        label="Sous-points",
        required=False,
        max_length=20_000,
        help_text="Un par ligne.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    offset = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def words(self) -> str:
        """The text on one line: a line of minutes is a sentence, not a paragraph cut by a key."""
        return " ".join(self.cleaned_data["text"].split("\n")).replace("\r", "")

    def cut(self) -> int:
        """Where to cut the text: the caret, else the first new line typed in the text."""
        offset: int | None = self.cleaned_data["offset"]
        typed: str = self.cleaned_data["text"].replace("\r", "")
        return offset if offset is not None else max(typed.find("\n"), 0)

    def sub_points(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["details"].splitlines() if line.strip()]


class AddLineForm(VersionForm):
    kind = forms.ChoiceField(label="Nature", choices=Kind, widget=forms.RadioSelect, initial=Kind.UNSORTED)
    text = forms.CharField(
        label="Texte",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Le texte est vide : écrivez la contribution à ajouter."},
    )
    after = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class TitleForm(VersionForm):
    title = OneLine(
        label="Titre",
        max_length=240,
        error_messages={"required": "Le titre est vide : écrivez celui que les lecteurs verront."},
    )


class MeetingsForm(VersionForm):
    """The meetings these minutes tell, among those of the consultation that the agent may write."""

    meetings = forms.ModelMultipleChoiceField(
        label="Rencontres racontées",
        queryset=Meeting.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins une rencontre : un compte-rendu raconte toujours une rencontre."
        },
    )

    def __init__(self, *args: Any, minutes: Minutes, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meetings"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = choices.filter(consultation=minutes.consultation_id).order_by("-starts_at", "-id")


class PublishForm(forms.Form):
    note = forms.CharField(
        label="Ce qui a changé",
        required=False,
        max_length=2000,
        help_text="Une phrase, lue par tout le monde à côté de la nouvelle édition.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
