"""What `parvis init` asks, and how each answer is checked. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from parvis.cli.project import read_file
from parvis.cli.questions import ask, confirm, on_terminal
from parvis.core.errors import RefusedInput
from parvis.core.one_line import one_line
from parvis.core.text import fold
from parvis.french.counts import plural
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.readers.entries import OfficialFile
from parvis.territories.readers.files import read_official_file
from parvis.territories.readers.intercommunalities import (
    Intercommunality,
    neighbourhoods_file,
    read_intercommunalities,
    the_one_called,
)

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Answers:
    """`neighbourhoods`: None when there is no file. `email` and `name`: empty when nobody is to be added."""

    here: Intercommunality
    neighbourhoods: OfficialFile | None
    email: str
    name: str


def ask_all(epci: str | None, neighbourhoods: str | None, email: str | None, name: str | None) -> Answers:
    """The options that were given, and the rest asked; then, on a terminal, a leave to write.

    Raises `RefusedInput` for a wrong option, a missing one where nobody can be asked, or without leave.
    """
    here = _intercommunality(epci)
    standing = territory_of(here)
    file = _neighbourhoods(here, standing, neighbourhoods)
    email, name = _administrator(standing, email, name)
    answers = Answers(here, file, email, name)
    if standing is None or file is not None or email:
        print(_summary(answers))
        confirm("C'est bien cela ?")
    return answers


def territory_of(here: Intercommunality) -> Territory | None:
    """Its row, once it is installed."""
    return Territory.objects.filter(kind=TerritoryKind.INTERCOMMUNALITY, official_code=here.siren).first()


def administrators_of(here: Territory) -> list[User]:
    """Those of this very territory, the first one first."""
    held = here.roles.filter(kind=RoleKind.ADMINISTRATOR, user__is_active=True)
    return [role.user for role in held.select_related("user").order_by("pk")]


def _intercommunality(given: str | None) -> Intercommunality:
    """The one that is named; when none is, the one that is already administered."""
    official = read_intercommunalities()
    listed = {one.siren for one in official}
    known = [*official, *(one for one in _imported() if one.siren not in listed)]
    if given is None:
        administered = {top.official_code for top in _tops().filter(roles__kind=RoleKind.ADMINISTRATOR)}
        if len(administered) == 1:
            return next(one for one in known if one.siren in administered)
    return ask(
        "Votre agglomération (son nom, ou son SIREN)",
        lambda words: the_one_called(words, known),
        given=given,
        option="--epci",
    )


def _tops() -> QuerySet[Territory]:
    return Territory.objects.filter(kind=TerritoryKind.INTERCOMMUNALITY).order_by("sort_key")


def _imported() -> list[Intercommunality]:
    """Those that `parvis import-territories` made, with their communes: more recent than the list, or invented."""
    return [
        Intercommunality(
            siren=top.official_code,
            name=top.name,
            towns=tuple((town.official_code, town.name) for town in top.children.all()),
            spoken=fold(top.name),
        )
        for top in _tops().prefetch_related("children")
    ]


def _neighbourhoods(here: Intercommunality, standing: Territory | None, given: str | None) -> OfficialFile | None:
    """Those of a file that lie here. None when there is no file, for now or because they are already here."""
    if given is None and (not on_terminal() or (standing is not None and has_neighbourhoods(standing))):
        return None
    return ask(
        "Le fichier des quartiers prioritaires (Entrée : plus tard)",
        lambda path: _read_neighbourhoods(here, path) if path or given is not None else None,
        given=given,
        option="--neighbourhoods",
    )


def has_neighbourhoods(here: Territory) -> bool:
    """Whether priority neighbourhoods lie in it."""
    return here.below.filter(territory__kind=TerritoryKind.NEIGHBOURHOOD).exists()


def _read_neighbourhoods(here: Intercommunality, path: str) -> OfficialFile:
    return neighbourhoods_file(here, read_official_file(read_file(Path(path.strip("'\"")).expanduser())))


def _administrator(standing: Territory | None, email: str | None, name: str | None) -> tuple[str, str]:
    """An address and a name; both empty when someone already administers and nobody else is named."""
    if email is None and standing is not None and administrators_of(standing):
        return "", ""
    address = ask("L'adresse électronique de qui administre", _checked_email, given=email, option="--email")
    known = User.objects.filter(email=address).first()
    if known is not None:
        return address, known.name
    return address, ask("Son prénom et son nom", _checked_name, given=name, option="--name")


def _checked_email(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RefusedInput(
            f"« {text} » n'est pas une adresse électronique : écrivez-la comme nom@exemple.fr."
        ) from None
    return address


def _checked_name(text: str) -> str:
    name = one_line(text)
    if not name or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise RefusedInput(f"Donnez le prénom et le nom de cette personne, en {_LONGEST_NAME} caractères au plus.")
    return name


def _summary(answers: Answers) -> str:
    """What is about to be written."""
    here, file = answers.here, answers.neighbourhoods
    lines = [f"{here.name} (SIREN {here.siren}), {plural(len(here.towns), 'commune', 'communes')}"]
    if file is not None:
        count = sum(entry.kind == TerritoryKind.NEIGHBOURHOOD for entry in file.entries)
        lines += [plural(count, "quartier prioritaire", "quartiers prioritaires"), *file.remarks]
    if answers.email:
        lines.append(f"Administration : {answers.name or 'sans nom'} ({answers.email})")
    return "\n".join(["", *lines])
