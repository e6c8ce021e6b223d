"""What moderation bears on: a meeting, a contribution, a paragraph of an edition, a consultation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from parvis.consultations.enums import FlagTarget, LineRole
from parvis.consultations.models import Consultation, Contribution, EditionLine, Flag
from parvis.consultations.rules import moderated_consultations
from parvis.core.access import rule
from parvis.meetings import rules
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.decide_flag import Target, is_hidden
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.release_results import figures_reference
from parvis.sheets.operations.reply_as_lead import reply_reference
from parvis.sheets.rules import readable_sheets

_OF_RESULTS = {FlagTarget.RESULTS: LineRole.FIGURES, FlagTarget.LEAD_REPLY: LineRole.REPLY}


@rule
def moderated_target(actor: User, kind: FlagTarget, code: str) -> Target | None:
    """The thing named, if it exists and `actor` moderates it. A line that is a contribution gives the contribution."""
    if kind == FlagTarget.MEETING:
        allowed = Meeting.objects.filter(rules.moderated_meetings(actor)).select_related("consultation")
        return allowed.filter(code=code).first()
    if kind == FlagTarget.CONTRIBUTION or code.startswith("contribution:"):
        contributions = Contribution.objects.filter(rules.moderated_contributions(actor))
        bare = code.removeprefix("contribution:")
        return contributions.select_related("consultation", "theme").filter(code=bare).first()
    if kind == FlagTarget.CONSULTATION:
        return Consultation.objects.filter(moderated_consultations(actor), code=code).first()
    if kind in _OF_RESULTS:
        return _result(actor, kind, code)
    return _paragraph(actor, code.removeprefix("line:"))


def _result(actor: User, kind: FlagTarget, code: str) -> EditionLine | None:
    """The published figures of a sheet, or the reply of its lead; not those of a sheet that is no longer public."""
    sheet = ActionSheet.objects.filter(readable_sheets(None), code=code).first()
    mine = Consultation.objects.filter(moderated_consultations(actor))
    if sheet is None or not mine.filter(pk=sheet.consultation_id).exists():
        return None
    reference = figures_reference(code) if kind == FlagTarget.RESULTS else reply_reference(code)
    return EditionLine.objects.filter(reference=reference).select_related("edition__consultation").first()


def _paragraph(actor: User, code: str) -> EditionLine | None:
    """The paragraph as the last edition that holds it has it."""
    lines = EditionLine.objects.filter(reference=f"line:{code}", role=LineRole.INTRODUCTION)
    line = lines.select_related("edition__consultation").order_by("-edition__number").first()
    if line is None:
        return None
    minutes = Minutes.objects.filter(rules.moderated_minutes(actor), code=line.edition.subject.removeprefix("minutes:"))
    return line if minutes.exists() else None


@dataclass(frozen=True, slots=True)
class Told:
    """A target as a moderator reads it. `above` and `below` are what stands around it in the last edition."""

    kind: FlagTarget
    code: str
    title: str
    paragraphs: tuple[str, ...]
    consultation: Consultation
    state: str
    hidden: bool
    erased: bool
    erasable: bool
    public_path: str
    above: str
    below: str


def tell(target: Target) -> Told:
    """What is needed to decide on `target`."""
    if isinstance(target, Contribution):
        return _tell_contribution(target)
    hidden = is_hidden(target)
    state = "Masqué par la modération" if hidden else "Public"
    if isinstance(target, EditionLine) and target.role in _OF_RESULTS.values():
        return _tell_result(target)
    if isinstance(target, EditionLine):
        content = target.content or {}
        above, below = _around(target)
        return Told(
            kind=FlagTarget.EDITION_LINE,
            code=target.reference.removeprefix("line:"),
            title=f"Introduction de « {target.edition.header['title']} »",
            paragraphs=(content.get("text", ""),),
            consultation=target.edition.consultation,
            state=state,
            hidden=hidden,
            erased=target.content is None,
            erasable=False,
            public_path=_first_meeting_path(target.edition.header),
            above=above,
            below=below,
        )
    meeting = target if isinstance(target, Meeting) else None
    return Told(
        kind=FlagTarget.MEETING if meeting else FlagTarget.CONSULTATION,
        code=target.code,
        title=target.title,
        paragraphs=(target.introduction,) if target.introduction else (),
        consultation=meeting.consultation if meeting else target,  # type: ignore[arg-type]
        state=state,
        hidden=hidden,
        erased=False,
        erasable=False,
        public_path=f"/rencontres/{target.code}/" if meeting else f"/concertations/{target.slug}/",  # type: ignore[union-attr]
        above="",
        below="",
    )


def _tell_result(target: EditionLine) -> Told:
    consultation, code = target.edition.consultation, target.reference.partition(":")[2]
    figures = EditionLine.objects.filter(edition=target.edition_id, reference=figures_reference(code)).first()
    title = ((figures.content if figures is not None else None) or {}).get("title", "")
    is_reply, hidden = target.role == LineRole.REPLY, is_hidden(target)
    return Told(
        kind=FlagTarget.LEAD_REPLY if is_reply else FlagTarget.RESULTS,
        code=code,
        title=f"Réponse du porteur sur « {title} »" if is_reply else f"Chiffres de « {title} »",
        paragraphs=((target.content or {}).get("text", ""),) if is_reply else (),
        consultation=consultation,
        state="Masqué par la modération" if hidden else "Public",
        hidden=hidden,
        erased=target.content is None,
        erasable=False,
        public_path=f"/concertations/{consultation.slug}/avis/#fiche-{code}",
        above="",
        below="",
    )


def _tell_contribution(target: Contribution) -> Told:
    newest = EditionLine.objects.filter(reference=target.journal_name).order_by("-edition__number")
    line = newest.select_related("edition").first()
    above, below = _around(line) if line else ("", "")
    return Told(
        kind=FlagTarget.CONTRIBUTION,
        code=target.code,
        title=f"{target.get_kind_display()} · {target.theme.name}",
        paragraphs=(target.text, *target.details),
        consultation=target.consultation,
        state=target.get_state_display(),
        hidden=is_hidden(target),
        erased=target.erased_at is not None,
        erasable=target.erased_at is None,
        public_path=f"/contributions/{target.code}/",
        above=above,
        below=below,
    )


def _around(line: EditionLine) -> tuple[str, str]:
    near = EditionLine.objects.filter(edition=line.edition_id, position__in=(line.position - 1, line.position + 1))
    texts = {each.position: (each.content or {}).get("text", "") for each in near.order_by("position")}
    return texts.get(line.position - 1, ""), texts.get(line.position + 1, "")


def _first_meeting_path(header: dict[str, list[dict[str, str]]]) -> str:
    meetings = header.get("meetings") or []
    return f"/rencontres/{meetings[0]['code']}/" if meetings else "/rencontres/"


def flags_on(told: Told) -> list[Flag]:
    """Every flag made on the same thing, the latest first."""
    names = [told.code, f"line:{told.code}"] if told.kind == FlagTarget.EDITION_LINE else [told.code]
    same = Q(target_kind=told.kind, target_code__in=names)
    return list(Flag.objects.filter(same, consultation=told.consultation).order_by("-created_at", "-id"))
