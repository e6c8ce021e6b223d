"""The results of a consultation made known: to the leads, validated step by step, then to everyone, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from parvis.consultations.electoral_period import electoral_warning
from parvis.consultations.lifecycle import refusal_of
from parvis.consultations.models import Consultation
from parvis.consultations.rules import editable_consultations, readable_consultations, team_consultations
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access, rule
from parvis.core.fetching import NOT_YOURS
from parvis.gathering.results.left_out import left_out
from parvis.gathering.results.published import gather_preview, gather_published
from parvis.gathering.results.unchecked import gather_unchecked
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.queries import editions_of, step_rows
from parvis.publishing.validation import may_pass_now, next_step
from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail, SheetState
from parvis.sheets.frozen_figures import count_waiting
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.operations.choose_circles import choose_circles
from parvis.sheets.operations.publish_results import publish_results
from parvis.sheets.operations.share_results import share_with_leads
from parvis.sheets.operations.tell_leads import invited_leads
from parvis.sheets.rules import readable_sheets
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, refuse_post_in_archive
from parvis.web.desk.results.forms import CirclesForm, ShareForm
from parvis.web.desk.sent_once import sent_once
from parvis.web.desk.step_form import StepForm


@rule
def release_of(actor: User, code: str) -> ResultsRelease:
    """The release of the results of a consultation: for its project team, and for whoever has the waiting step to pass.

    Not saved as long as nothing was decided. What may not be seen does not exist.
    """
    readable = Consultation.objects.filter(readable_consultations(actor), code=code).select_related("territory")
    consultation = readable.first()
    if consultation is None:
        raise Http404("Concertation inconnue.")
    release = ResultsRelease.objects.filter(consultation=consultation).first()
    shown = release or ResultsRelease(consultation=consultation)
    shown.consultation = consultation
    if not readable.filter(team_consultations(actor)).exists() and not waits_for(actor, shown):
        raise PermissionDenied(NOT_YOURS)
    return shown


def waits_for(actor: User, release: ResultsRelease) -> bool:
    """Whether the step that waits is hers to pass."""
    step = next_step(release) if release.state == PublishingState.VALIDATION else None
    return step is not None and may_pass_now(actor, release, step)


@sent_once
@access(release_of, audience=RouteAudience.AGENTS, methods=FORM)
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Where the results stand; a POST does what the button named: `circles`, `share`, `submit`…"""
    actor = agent(request)
    shown = release_of(actor, code)
    refuse_post_in_archive(request, shown.consultation)
    if request.method != "POST":
        return _show(request, shown)
    if "etape-step" in request.POST:
        step = StepForm(request.POST)
        if saved(step, lambda: pass_step(actor, shown, step.chosen, note=step.cleaned_data["note"])):
            messages.success(request, "L'étape est validée.")
            still_hers = _in_team(actor, shown) or waits_for(actor, shown)
            return redirect("desk:release_results" if still_hers else "desk:results", code)
        return _show(request, shown, step_form=step)
    if not Consultation.objects.filter(editable_consultations(actor) & team_consultations(actor), code=code).exists():
        raise PermissionDenied(refusal_of(shown.consultation))
    if "share" in request.POST:
        share = ShareForm(request.POST)
        if saved(share, lambda: share_with_leads(actor, shown.consultation, share.cleaned_data["reply_until"])):
            messages.success(request, "Les porteurs voient les résultats de leurs actions, et peuvent y répondre.")
            return redirect("desk:release_results", code)
        return _show(request, shown, share_form=share)
    if "circles" in request.POST:
        circles = CirclesForm(request.POST, shown.consultation)
        if saved(circles, lambda: circles.save_over(shown.consultation, lambda row: _choose(actor, row, circles))):
            messages.success(request, "C'est enregistré.")
            return redirect("desk:release_results", code)
        return _show(request, shown, circles_form=circles)
    moves: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: submit_draft(actor, shown), "Les résultats sont envoyés à la validation."),
        "reopen": (lambda: reopen_draft(actor, shown), "Les porteurs peuvent de nouveau répondre."),
        "publish": (
            lambda: publish_results(actor, shown),
            "Les résultats sont publiés. Ils ne changeront plus.",
        ),
    }
    form = Form(request.POST)
    act, done = next((moves[name] for name in moves if name in request.POST), (lambda: None, ""))
    if done and saved(form, act):
        messages.success(request, done)
        return redirect("desk:release_results", code)
    return _show(request, ResultsRelease.objects.select_related("consultation").get(pk=shown.pk), move_form=form)


@access(release_of, audience=RouteAudience.AGENTS)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """What everyone would read if the results were published now."""
    shown = release_of(agent(request), code)
    published = gather_preview(shown)
    return page(
        request,
        "desk/results/preview.html",
        "consultations",
        consultation=shown.consultation,
        published=published,
        missing=left_out(shown, published),
    )


def _choose(actor: User, consultation: Consultation, form: CirclesForm) -> None:
    chosen = form.cleaned_data
    choose_circles(
        actor,
        consultation,
        PublicDetail(chosen["public"]),
        LeadsDetail(chosen["leads"]),
        CommitteesDetail(chosen["committees"]),
    )


def _in_team(actor: User, release: ResultsRelease) -> bool:
    return Consultation.objects.filter(team_consultations(actor), pk=release.consultation_id).exists()


def _show(
    request: HttpRequest,
    release: ResultsRelease,
    *,
    share_form: ShareForm | None = None,
    step_form: StepForm | None = None,
    move_form: Form | None = None,
    circles_form: CirclesForm | None = None,
) -> HttpResponse:
    actor, consultation = agent(request), release.consultation
    sheets = ActionSheet.objects.filter(consultation=consultation)
    shown = sheets.filter(state=SheetState.READY, hidden_at=None)
    frozen = shown.filter(frozen_figures__isnull=False) if release.shared_with_leads_at else shown
    steps = step_rows(release, actor, editions_of(release))
    mine = Consultation.objects.filter(editable_consultations(actor) & team_consultations(actor), pk=consultation.pk)
    context: dict[str, Any] = {
        "consultation": consultation,
        "release": release,
        "share_form": share_form or ShareForm(),
        "step_form": step_form or StepForm(),
        "move_form": move_form,
        "circles_form": circles_form or CirclesForm(None, consultation),
        "steps": steps,
        "waiting": next((step for step in steps if step.state == "current"), None),
        "published": gather_published(consultation),
        "to_publish": frozen.filter(readable_sheets(None)).count(),
        "total": frozen.count(),
        "after": shown.count() - frozen.count(),
        "waiting_opinions": count_waiting(release),
        "may_edit": mine.exists(),
        "unchecked": gather_unchecked(consultation),
        "leads_to_tell": invited_leads(consultation).count() if release.shared_with_leads_at is None else 0,
        "electoral": electoral_warning(consultation, clock.today()),
        "arrivals_at": reverse("desk:arrivals", args=[consultation.code]) if _in_team(actor, release) else "",
    }
    return page(request, "desk/results/release.html", "consultations", **context)
