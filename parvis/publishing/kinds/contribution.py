"""A contribution as something published."""

from __future__ import annotations

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.people.models import User
from parvis.publishing.models import EditionLine
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.publishing.registry import Moderated, Moderation, PublishedKind, Readable
from parvis.publishing.rules import moderated_contributions, readable_contributions
from parvis.publishing.targets import around


def readable_contribution(code: str) -> Contribution | None:
    """The contribution if anyone may read it, with its consultation. One query."""
    found = Contribution.objects.filter(readable_contributions(), code=code).order_by()
    return found.select_related("consultation").first()


def _readable(code: str) -> Readable | None:
    found = readable_contribution(code)
    return Readable(found.consultation, code, code, found.text) if found is not None else None


def _moderated(actor: User, code: str) -> Contribution | None:
    allowed = Contribution.objects.filter(moderated_contributions(actor), code=code)
    return allowed.select_related("consultation", "theme").first()


def _describe(contribution: Contribution) -> Moderated:
    newest = EditionLine.objects.filter(reference=contribution.journal_name).order_by("-edition__number")
    line = newest.select_related("edition").first()
    above, below = around(line) if line is not None else ("", "")
    return Moderated(
        consultation=contribution.consultation,
        code=contribution.code,
        place=contribution.code,
        title=f"{contribution.get_kind_display()} · {contribution.theme.name}",
        paragraphs=(contribution.text, *contribution.details),
        state=contribution.get_state_display(),
        hidden=contribution.state == ContributionState.HIDDEN,
        erased=contribution.erased_at is not None,
        above=above,
        below=below,
    )


CONTRIBUTION = PublishedKind(
    name="contribution",
    label="Contribution",
    spoken="la contribution",
    moderation=Moderation(
        readable=_readable,
        moderated=_moderated,
        describe=_describe,
        hide=lambda actor, contribution, reason: hide_contribution(actor, contribution, reason=reason),
        restore=restore_contribution,
        erase=erase_contribution,
    ),
)
