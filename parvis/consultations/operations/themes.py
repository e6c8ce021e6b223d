"""The themes of a consultation: seven ready ones, all editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme, ThemeAlias
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A theme as an agent writes it; `aliases` are the other headings under which reports name it."""

    name: str
    aliases: tuple[str, ...] = ()
    audience: str = Audience.PUBLIC


READY_THEMES = (
    NewTheme("Emploi / Insertion", ("Emploi", "Insertion", "Emploi et formation", "Développement économique")),
    NewTheme("Santé / Sport", ("Santé", "Sport", "Accès aux soins", "Sport et santé")),
    NewTheme("Accès au droit", ("Accès aux droits", "Lutte contre les discriminations", "Inclusion numérique")),
    NewTheme("Éducation / Parentalité", ("Éducation", "Parentalité", "Réussite éducative", "Enfance et jeunesse")),
    NewTheme("Habitat / Cadre de vie", ("Habitat", "Cadre de vie", "Logement", "Rénovation urbaine")),
    NewTheme("Culture / Lien social", ("Culture", "Lien social", "Vie associative")),
    NewTheme(
        "Sécurité / Prévention de la délinquance",
        ("Sécurité", "Prévention de la délinquance", "Tranquillité publique"),
    ),
)

_SECURITY_WORDS = frozenset({"securite", "delinquance", "tranquillite", "police"})


def is_about_security(theme: Theme) -> bool:
    """Whether meetings on `theme` are born reserved: they name halls and people. When in doubt, yes."""
    return names_security(theme.name)


def names_security(words: str) -> bool:
    """Whether a theme or a heading names security."""
    return not _SECURITY_WORDS.isdisjoint(fold(words).split())


def make_themes(consultation: Consultation, themes: Sequence[NewTheme]) -> None:
    """The themes of a consultation that is being born, in the order given."""
    for position, new in enumerate(themes):
        theme = Theme.objects.create(
            consultation=consultation,
            name=new.name,
            slug=_free_slug(consultation, new.name),
            position=position,
            audience=new.audience,
        )
        _write_aliases(theme, new.aliases)


@transaction.atomic
def add_theme(actor: User, consultation: Consultation, new: NewTheme) -> Theme:
    """A theme more, last."""
    last = consultation.themes.order_by("-position").values_list("position", flat=True).first()
    theme = Theme.objects.create(
        consultation=consultation,
        name=new.name,
        slug=_free_slug(consultation, new.name),
        position=0 if last is None else last + 1,
        audience=new.audience,
    )
    _write_aliases(theme, new.aliases)
    journal.record(actor, "add_theme", consultation, theme=theme.code, audience=theme.audience)
    return theme


@transaction.atomic
def update_theme(actor: User, theme: Theme, new: NewTheme) -> None:
    """Another name, other aliases, another audience. Contributions keep the theme they have."""
    theme.name, theme.audience = new.name, new.audience
    theme.slug = _free_slug(theme.consultation, new.name, theme.pk)
    theme.save()
    theme.aliases.all().delete()
    _write_aliases(theme, new.aliases)
    journal.record(actor, "update_theme", theme.consultation, theme=theme.code, audience=theme.audience)


@transaction.atomic
def remove_theme(actor: User, theme: Theme) -> None:
    """Only a theme that nothing uses yet can go."""
    if theme.consultation.themes.count() == 1:
        raise RefusedInput("Une concertation garde au moins une thématique : ajoutez-en une autre d'abord.")
    code = theme.code
    try:
        theme.delete()
    except ProtectedError:
        raise RefusedInput(
            "Cette thématique a des contributions : changez leur thématique, ou renommez celle-ci."
        ) from None
    journal.record(actor, "remove_theme", theme.consultation, theme=code)


@transaction.atomic
def move_theme(actor: User, theme: Theme, *, up: bool) -> None:
    """One place up or down; nothing happens at the ends."""
    themes = list(Theme.objects.select_for_update().filter(consultation=theme.consultation_id))
    codes = [theme.code for theme in themes]
    here = codes.index(theme.code)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(themes):
        return
    themes[here], themes[there] = themes[there], themes[here]
    for position, theme in enumerate(themes):
        theme.position = position
    Theme.objects.bulk_update(themes, ["position"])
    journal.record(actor, "move_theme", theme.consultation, theme=theme.code, position=there)


def _free_slug(consultation: Consultation, name: str, but: int = 0) -> str:
    slug = slugify(fold(name))[:120]
    if not slug:
        raise RefusedInput("Donnez à la thématique un nom en lettres.")
    if consultation.themes.filter(slug=slug).exclude(pk=but).exists():
        raise RefusedInput("Une thématique porte déjà ce nom : choisissez-en un autre.")
    return slug


def _write_aliases(theme: Theme, labels: Sequence[str]) -> None:
    seen = {fold(theme.name)}
    for label in labels:
        key = fold(label)[:120]
        if key and key not in seen:
            seen.add(key)
            ThemeAlias.objects.create(theme=theme, label=label.strip()[:120])
