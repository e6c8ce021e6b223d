"""The gestures of the review. Each is one typed function, recorded so that « Annuler » takes it back.

Lines are named by their codes. No gesture loses a character: joining glues texts, splitting cuts them, setting aside
keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parvis.consultations.enums import Kind
from parvis.consultations.models import Theme
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesLine
from parvis.meetings.operations.working_lines import WorkingText
from parvis.meetings.operations.working_text import change_text
from parvis.meetings.place_match import places_of
from parvis.people.models import User
from parvis.territories.models import Territory


def set_theme(actor: User, minutes: Minutes, codes: Sequence[str], theme: Theme, version: int | None = None) -> None:
    """Give `theme` to these lines. Doubts about the theme are cleared."""
    if theme.consultation_id != minutes.consultation_id:
        raise RefusedInput("Cette thématique est d'une autre concertation : choisissez-en une de la liste.")
    with change_text(actor, minutes, "set_theme", f"Thématique : {theme.name}", version) as text:
        for line in text.pick(codes):
            line.theme = theme
            line.checked = True


def set_territory(
    actor: User, minutes: Minutes, codes: Sequence[str], territory: Territory | None, version: int | None = None
) -> None:
    """Say which commune or neighbourhood these lines speak of; None: that of the meeting."""
    if territory is not None and not places_of(minutes.consultation.territory_id).filter(pk=territory.pk).exists():
        raise RefusedInput("Ce lieu n'est pas dans le territoire de la concertation : choisissez-le dans la liste.")
    label = f"Lieu : {territory.name}" if territory else "Lieu de la rencontre"
    with change_text(actor, minutes, "set_territory", label[:160], version) as text:
        for line in text.pick(codes):
            line.territory = territory


def set_kind(actor: User, minutes: Minutes, codes: Sequence[str], kind: Kind, version: int | None = None) -> None:
    """Say that these lines are défis, atouts, propositions or to be sorted. A line set aside becomes a contribution."""
    with change_text(actor, minutes, "set_kind", f"Nature : {Kind(kind).label}", version) as text:
        for line in text.pick(codes):
            if line.place != LinePlace.ITEM:
                _become_item(text, line)
            line.kind = kind
            line.checked = True


def set_place(
    actor: User, minutes: Minutes, codes: Sequence[str], place: LinePlace, version: int | None = None
) -> None:
    """Move these lines to the introduction, aside, or back among the contributions (à classer if no kind is known)."""
    with change_text(actor, minutes, "set_place", f"Place : {LinePlace(place).label}", version) as text:
        for line in text.pick(codes):
            if place == LinePlace.ITEM and line.place != LinePlace.ITEM:
                _become_item(text, line)
            line.place = place
            line.checked = True


def check_lines(actor: User, minutes: Minutes, codes: Sequence[str], version: int | None = None) -> None:
    """The agent looked at these lines and they are right."""
    with change_text(actor, minutes, "check_lines", "Vérifié", version) as text:
        for line in text.pick(codes):
            line.checked = True


def edit_line(
    actor: User, minutes: Minutes, code: str, text: str, details: Iterable[str], version: int | None = None
) -> None:
    """Correct the words of a line."""
    if not text.strip():
        raise RefusedInput("Le texte est vide : écrivez-le, ou mettez la ligne de côté.")
    with change_text(actor, minutes, "edit_line", "Texte corrigé", version) as working:
        (line,) = working.pick([code])
        line.text = text.strip()
        line.details = [detail.strip() for detail in details if detail.strip()]
        line.checked = True


def split_line(
    actor: User, minutes: Minutes, code: str, offset: int, version: int | None = None, *, text: str | None = None
) -> str:
    """Cut a line in two at `offset` (characters of its text, or of `text` when its words were corrected at the same
    time). Sub-points go with the second half, whose code is returned."""
    with change_text(actor, minutes, "split_line", "Ligne coupée", version) as working:
        (line,) = working.pick([code])
        whole = line.text if text is None else text
        first, second = whole[:offset].strip(), whole[offset:].strip()
        if not first or not second:
            raise RefusedInput("Placez le curseur à l'intérieur du texte, là où commence la seconde ligne.")
        fresh = working.cut_after(line, text=second, details=line.details)
        line.text, line.details, line.checked = first, [], True
        return fresh.code


def join_lines(actor: User, minutes: Minutes, codes: Sequence[str], version: int | None = None) -> None:
    """Glue these lines into the first of them, in order. A line alone is joined with the one under it."""
    with change_text(actor, minutes, "join_lines", "Lignes réunies", version) as text:
        lines = text.pick(codes)
        if len(lines) == 1:
            below = text.below(lines[0])
            if below is None:
                raise RefusedInput("Il n'y a pas de ligne en dessous : choisissez au moins deux lignes à réunir.")
            lines.append(below)
        first, *others = lines
        first.text = " ".join(line.text for line in lines)
        first.details = [detail for line in lines for detail in line.details]
        first.checked = True
        for line in others:
            text.take_in(first, line)


def nest_lines(actor: User, minutes: Minutes, codes: Sequence[str], version: int | None = None) -> None:
    """Make these lines sub-points of the contribution just above the first of them."""
    with change_text(actor, minutes, "nest_lines", "Sous-points", version) as text:
        lines = text.pick(codes)
        above = text.item_above(lines[0])
        if above is None:
            raise RefusedInput(
                "Il n'y a pas de contribution au-dessus : ces lignes ne peuvent pas devenir ses sous-points."
            )
        for line in lines:
            above.details = [*above.details, line.text, *line.details]
            text.take_in(above, line)
        above.checked = True


def lift_details(actor: User, minutes: Minutes, code: str, version: int | None = None) -> None:
    """Make each sub-point of a line a contribution of its own, just under it."""
    with change_text(actor, minutes, "lift_details", "Sous-points sortis", version) as text:
        (line,) = text.pick([code])
        if not line.details:
            raise RefusedInput("Cette ligne n'a pas de sous-points.")
        for detail in line.details:
            text.cut_after(line, text=detail, details=[])
        line.details = []


def move_lines(
    actor: User, minutes: Minutes, codes: Sequence[str], before: str | None, version: int | None = None
) -> None:
    """Place these lines, in their order, before the line `before` (None: at the end)."""
    with change_text(actor, minutes, "move_lines", "Lignes déplacées", version) as text:
        text.move(codes, before)


def step_lines(actor: User, minutes: Minutes, codes: Sequence[str], down: bool, version: int | None = None) -> None:
    """Move these lines one place up or down among all lines."""
    with change_text(actor, minutes, "step_lines", "Lignes descendues" if down else "Lignes montées", version) as text:
        text.step(codes, down=down)


def set_conclusion(
    actor: User, minutes: Minutes, codes: Sequence[str], conclusion: bool, version: int | None = None
) -> None:
    """Say whether these lines conclude the ones above."""
    with change_text(actor, minutes, "set_conclusion", "Conclusion" if conclusion else "Ligne simple", version) as text:
        for line in text.pick(codes):
            line.conclusion = conclusion
            line.checked = True


def add_line(
    actor: User, minutes: Minutes, after: str | None, kind: Kind, text: str, version: int | None = None
) -> str:
    """Write a contribution that the source did not hold, under `after`. Returns its code."""
    if not text.strip():
        raise RefusedInput("Le texte est vide : écrivez la contribution à ajouter.")
    with change_text(actor, minutes, "add_line", "Ligne ajoutée", version) as working:
        above = working.pick([after])[0] if after else None
        line = working.add_after(above, text=text.strip())
        line.kind = kind
        return line.code


def _become_item(text: WorkingText, line: MinutesLine) -> None:
    """What was aside joins the contributions: it takes the theme and the kind of the contribution above it."""
    above = text.item_above(line)
    line.place = LinePlace.ITEM
    line.theme = line.theme or (above.theme if above else None)
    line.kind = line.kind or (above.kind if above else Kind.UNSORTED)
