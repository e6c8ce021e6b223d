"""What an agent types about a meeting."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails
from parvis.territories.queries import offered_below
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import Day, Moment, OneLine, TerritoryField, hour, long_text

_BY_THEMES = ("", "Selon les thématiques (réservée à l'équipe projet si la sécurité est abordée)")


class MeetingForm(ComparedForm):
    """A meeting: what, when, where, for whom, who came."""

    kind = forms.ChoiceField(label="Nature", choices=MeetingKind, initial=MeetingKind.WORKSHOP)
    title = OneLine(label="Titre", max_length=160)
    themes = forms.ModelMultipleChoiceField(
        label="Thématiques",
        queryset=Theme.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des thématiques de la liste."},
    )
    on = Day(label="Date")
    starts = hour("Commence à", required=True)
    ends = hour("Finit à")
    place = OneLine(label="Lieu", max_length=160, required=False, help_text="Maison des associations…")
    address = OneLine(label="Adresse postale", max_length=240, required=False)
    territory = TerritoryField(label="Territoire")
    introduction = long_text("Présentation", help_text="En quelques phrases : pourquoi, avec qui, comment venir.")
    audience = forms.ChoiceField(label="Qui peut lire", choices=[_BY_THEMES, *Audience.choices], required=False)
    embargo_until = Moment(label="Rien de public avant le", required=False, help_text="Vide : pas d'embargo.")
    people_count = forms.IntegerField(label="Personnes présentes", required=False, min_value=0, max_value=100_000)
    organisation_count = forms.IntegerField(label="Organismes présents", required=False, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = kwargs.get("standing")
        kept = [standing.territory] if isinstance(standing, Meeting) else []
        self.fields["territory"].offer(offered_below(consultation.territory_id, kept=kept))  # type: ignore[attr-defined]
        self.fields["territory"].initial = consultation.territory.code
        self.fields["themes"].queryset = consultation.themes.all()  # type: ignore[attr-defined]
        for name in ("people_count", "organisation_count"):
            self.fields[name].widget.attrs |= {"class": "input--short", "inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "La rencontre finit avant de commencer : corrigez l'une des deux heures.")
        return cleaned

    def details(self) -> MeetingDetails:
        cleaned = self.cleaned_data
        names = ("title", "territory", "kind", "introduction", "place", "address", "audience", "embargo_until",
                 "people_count", "organisation_count")  # fmt: skip
        return MeetingDetails(
            **{name: cleaned[name] for name in names},
            themes=tuple(cleaned["themes"]),
            starts_at=_at(cleaned["on"], cleaned["starts"]),
            ends_at=_at(cleaned["on"], cleaned["ends"]) if cleaned["ends"] else None,
        )

    @staticmethod
    def values(meeting: Meeting, /) -> dict[str, Any]:
        starts = timezone.localtime(meeting.starts_at)
        ends = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
        plain = ("kind", "title", "place", "address", "introduction", "audience", "embargo_until", "people_count",
                 "organisation_count")  # fmt: skip
        return {name: getattr(meeting, name) for name in plain} | {
            "themes": [theme.code for theme in meeting.themes.all()],
            "territory": meeting.territory.code,
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time() if ends else None,
        }


def _at(date: datetime.date, time: datetime.time) -> datetime.datetime:
    """The moment, in Paris."""
    return timezone.make_aware(datetime.datetime.combine(date, time))


class MeetingFilterForm(forms.Form):
    """What the list of meetings shows."""

    consultation = forms.ModelChoiceField(
        label="Concertation", queryset=Consultation.objects.none(), to_field_name="code", required=False,
        empty_label="Toutes",
    )  # fmt: skip
    text = forms.CharField(label="Chercher", required=False, max_length=100)

    def __init__(self, *args: Any, consultations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = consultations  # type: ignore[attr-defined]
