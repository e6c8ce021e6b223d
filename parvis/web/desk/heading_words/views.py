"""The headings that the reading of reports learns from the corrections of agents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.meetings.enums import WordState
from parvis.meetings.operations.heading_words import add_word, decide_word
from parvis.meetings.queries import editable_words, word_territories
from parvis.web.components.form_pages import saved
from parvis.web.desk.heading_words.forms import WordForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once

_SAID = {
    WordState.ACCEPTED: "Parvis reconnaîtra cet intertitre dans les prochains imports.",
    WordState.REFUSED: "C'est noté : cet intertitre ne sera plus proposé.",
}


@sent_once
@access(word_territories, audience=RouteAudience.AGENTS, methods=FORM)
def heading_words(request: HttpRequest) -> HttpResponse:
    """What is proposed, what is known, and one more by hand."""
    actor = agent(request)
    territories = word_territories(actor)
    form = WordForm(posted(request), territories=territories)
    if request.method == "POST" and saved(
        form,
        lambda: add_word(actor, form.cleaned_data["territory"], form.cleaned_data["phrase"], form.cleaned_data["kind"]),
    ):
        messages.success(request, _SAID[WordState.ACCEPTED])
        return redirect("desk:heading_words")
    words = list(editable_words(actor))
    return page(
        request,
        "desk/heading_words/heading_words.html",
        "meetings",
        form=form,
        proposed=[word for word in words if word.state == WordState.PROPOSED],
        accepted=[word for word in words if word.state == WordState.ACCEPTED],
        may_edit=territories.exists(),
    )


@access(editable_words, audience=RouteAudience.AGENTS, methods=POST)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a heading, or leave it."""
    actor = agent(request)
    word = get_object_or_404(editable_words(actor), code=code)
    decided = WordState.ACCEPTED if request.POST.get("keep") == "1" else WordState.REFUSED
    decide_word(actor, word, decided)
    messages.success(request, _SAID[decided])
    return redirect("desk:heading_words")
