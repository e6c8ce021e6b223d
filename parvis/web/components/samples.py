"""What the gallery shows: a form with every control, a list of pages, the phases of a cycle. Invented text only."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator

LONG_WORD = "Intercommunalité-des-quartiers-prioritaires-de-la-politique-de-la-ville"


class SampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(
        label="Titre de la rencontre", help_text="Une phrase courte, telle qu'elle sera lue par tous.", max_length=80
    )
    mail = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    day = forms.DateField(label="Jour", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    place = forms.CharField(label="Lieu", required=False)
    theme = forms.ChoiceField(
        label="Thématique", choices=[("", "Toutes"), ("emploi", "Emploi / Insertion"), ("sante", "Santé / Sport")]
    )
    audience = forms.ChoiceField(
        label="Qui peut lire ?",
        help_text="Vous pourrez changer plus tard.",
        widget=forms.RadioSelect,
        choices=[("public", "Tout le monde"), ("partners", "Les partenaires"), ("team", "L'équipe projet")],
    )
    towns = forms.MultipleChoiceField(
        label="Communes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Vallières"), ("b", "Montreuillon"), ("c", "Les Aubiers")],
    )
    text = forms.CharField(label="Compte-rendu", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    report = forms.FileField(label="Fichier", required=False, help_text="docx, odt, txt, md ou html, 20 Mo au plus.")
    agree = forms.BooleanField(label="Les participants ont relu ce texte.")


@dataclass(frozen=True, slots=True)
class Step:
    """One phase, as `components/steps.html` reads it."""

    title: str
    state: str
    when: str = ""
    text: str = ""


STEPS = [
    Step("Préparation", "done", "janvier 2026"),
    Step("Avis des partenaires", "done", "février 2026"),
    Step("Ateliers", "current", "du 2 mars au 30 avril 2026", "Sept ateliers, un par thématique."),
    Step("Arbitrages", "next", "mai 2026"),
    Step("Signature", "next", "date à venir"),
]
TRAIL = [("Accueil", "/"), ("Les rencontres", "/rencontres/"), ("Emploi et insertion", "")]


def empty_form() -> SampleForm:
    """As it is met first."""
    return SampleForm(prefix="vide")


def broken_form() -> SampleForm:
    """Everything wrong at once."""
    return SampleForm(
        {"faux-title": "x" * 90, "faux-mail": "pas une adresse", "faux-theme": "autre", "faux-day": ""},
        prefix="faux",
    )


def sample_page() -> Page[int]:
    """The third of a hundred pages."""
    return Paginator(range(2000), 20).page(3)
