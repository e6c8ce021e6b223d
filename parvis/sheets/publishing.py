"""What sheets publish, as `publishing.registry` knows it: results, the figures of a sheet, the reply of its lead."""

from __future__ import annotations

from collections.abc import Callable

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation
from parvis.consultations.rules import moderated_consultations
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.kinds.consultation import public_state
from parvis.publishing.models import EditionLine
from parvis.publishing.operations.hide_line import hide_line, restore_line
from parvis.publishing.registry import Moderated, Moderation, Preparation, PublishedKind, Readable
from parvis.sheets.content import ResultsSource, figures_reference, reply_reference, results_content
from parvis.sheets.enums import PublicDetail
from parvis.sheets.frozen_figures import frozen_figures
from parvis.sheets.models import ActionSheet, LeadReply, ResultsRelease
from parvis.sheets.operations.finish_results import check_finished
from parvis.sheets.operations.hide_reply import hide_reply
from parvis.sheets.rules import readable_sheets
from parvis.sheets.shown_data import read_shown

Reference = Callable[[str], str]


def _line(code: str, reference: Reference) -> EditionLine | None:
    """What was published of a sheet that anyone may still read."""
    if not ActionSheet.objects.filter(readable_sheets(None), code=code).exists():
        return None
    return EditionLine.objects.filter(reference=reference(code)).select_related("edition__consultation").first()


def _moderated(reference: Reference) -> Callable[[User, str], EditionLine | None]:
    def find(actor: User, code: str) -> EditionLine | None:
        line = _line(code, reference)
        mine = Consultation.objects.filter(moderated_consultations(actor))
        return line if line is not None and mine.filter(pk=line.edition.consultation_id).exists() else None

    return find


def _shown(code: str, reference: Reference) -> EditionLine | None:
    line = _line(code, reference)
    return None if line is None or line.hidden_at is not None or line.content is None else line


def _readable_figures(code: str) -> Readable | None:
    line = _shown(code, figures_reference)
    if line is None or line.content is None:
        return None
    return Readable(line.edition.consultation, code, line.edition.consultation.slug, line.content["title"])


def _readable_reply(code: str) -> Readable | None:
    """A reply is read under the figures of its sheet: hidden with them."""
    line, figures = _shown(code, reply_reference), _shown(code, figures_reference)
    if line is None or line.content is None or figures is None:
        return None
    return Readable(line.edition.consultation, code, line.edition.consultation.slug, line.content["text"])


def _described(line: EditionLine, title: str, paragraphs: tuple[str, ...]) -> Moderated:
    hidden = line.hidden_at is not None
    return Moderated(
        consultation=line.edition.consultation,
        code=line.reference.partition(":")[2],
        place=line.edition.consultation.slug,
        title=title,
        paragraphs=paragraphs,
        state=public_state(hidden),
        hidden=hidden,
        erased=line.content is None,
    )


def _describe_figures(line: EditionLine) -> Moderated:
    return _described(line, f"Chiffres de « {(line.content or {}).get('title', '')} »", ())


def _describe_reply(line: EditionLine) -> Moderated:
    code = line.reference.partition(":")[2]
    figures = EditionLine.objects.filter(edition=line.edition_id, reference=figures_reference(code)).first()
    title = ((figures.content if figures is not None else None) or {}).get("title", "")
    return _described(line, f"Réponse du porteur sur « {title} »", ((line.content or {}).get("text", ""),))


def _hide_reply(actor: User, line: EditionLine, reason: str) -> None:
    if line.hidden_at is not None:
        raise ForbiddenMove("Cette réponse est déjà masquée.")
    hide_reply(actor, _sheet_of(line), hidden=True, reason=reason)


def _restore_reply(actor: User, line: EditionLine) -> None:
    hide_reply(actor, _sheet_of(line), hidden=False)


def _sheet_of(line: EditionLine) -> ActionSheet:
    return ActionSheet.objects.get(code=line.reference.partition(":")[2])


def read_source(release: ResultsRelease) -> ResultsSource:
    """What the edition would be built from now: the sheets that anyone may read, the figures that the leads were shown,
    and the replies that stand."""
    consultation = release.consultation
    frozen = frozen_figures(ActionSheet.objects.filter(readable_sheets(None), consultation=consultation))
    replies = LeadReply.objects.filter(sheet__consultation=consultation, hidden_at=None)
    return ResultsSource(
        consultation=consultation.code,
        title=consultation.title,
        detail=PublicDetail(release.public_detail),
        sheets=tuple(sheet for sheet, _ in frozen),
        shown={sheet.code: read_shown(data) for sheet, data in frozen},
        replies=dict(replies.order_by("pk").values_list("sheet__code", "text")),
    )


RESULTS = PublishedKind(
    name="results",
    label="Avis des partenaires",
    spoken="les résultats",
    preparation=Preparation(
        read=read_source,
        build=results_content,
        check=check_finished,
        skipped_steps=frozenset({StepKind.PARTICIPANTS}),
        once=True,
    ),
)
FIGURES = PublishedKind(
    name="figures",
    label="Chiffres d'une fiche",
    spoken="les chiffres de la fiche",
    moderation=Moderation(
        readable=_readable_figures,
        moderated=_moderated(figures_reference),
        describe=_describe_figures,
        hide=lambda actor, line, reason: hide_line(actor, line, reason=reason),
        restore=restore_line,
    ),
)
LEAD_REPLY = PublishedKind(
    name="lead_reply",
    label="Réponse d'un porteur",
    spoken="la réponse du porteur",
    moderation=Moderation(
        readable=_readable_reply,
        moderated=_moderated(reply_reference),
        describe=_describe_reply,
        hide=_hide_reply,
        restore=_restore_reply,
    ),
)
