"""The project team looks at a rush, then counts it, sets it aside, or decides one by one."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import Standing
from parvis.consultations.models import Consultation
from parvis.consultations.operations.decide_arrivals import ArrivalChoice, decide_arrivals
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import readable_consultations, team_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.french import counts
from parvis.gathering import local_time
from parvis.gathering.desk.arrivals import SharedLink, gather_arrivals, shared_links
from parvis.web.desk.arrivals.forms import ArrivalFilterForm
from parvis.web.desk.requests import agent, page, refuse_post_in_archive

_SHOWN: Final = {
    Standing.TO_CHECK: "À vérifier",
    Standing.COUNTED: "Comptées",
    Standing.SET_ASIDE: "Mises de côté",
}
_CONFIRMED: Final = {
    Standing.COUNTED: "Les avis comptent dès maintenant.",
    Standing.SET_ASIDE: "Leurs avis sont gardés, et ne comptent dans aucun chiffre.",
    Standing.TO_CHECK: "Leurs avis ne comptent plus tant que vous n'avez pas décidé.",
}
_BUTTONS: Final = {
    Standing.COUNTED: ("Compter tout", "Compter ce qui est coché"),
    Standing.SET_ASIDE: ("Mettre tout de côté", "Mettre de côté ce qui est coché"),
    Standing.TO_CHECK: ("Tout remettre à vérifier", "Remettre à vérifier ce qui est coché"),
}
"""What is decided → the button for all that is shown, and for what is ticked."""
_LOST: Final = "Cette page n'est plus à jour : revoyez la liste, puis refaites votre geste. Rien n'a changé."


@access(team_consultations, audience=RouteAudience.TEAM, methods=FORM)
def arrivals(request: HttpRequest, code: str) -> HttpResponse:
    """Those to be checked, or of another standing, by link and period; a POST decides about those shown or ticked."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, readable_consultations(actor) & team_consultations(actor))
    refuse_post_in_archive(request, consultation)
    links = shared_links(consultation)
    sent = request.POST if request.method == "POST" else request.GET
    form = ArrivalFilterForm(sent, links=[(link.code, _described(link)) for link in links])
    choice = form.choice() if form.is_valid() else ArrivalChoice(standing=Standing.TO_CHECK)
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, consultation, form))
            return redirect(f"{request.path}{_address(choice)}")
        except RefusedInput as refused:
            refusal = refused.message
    content = gather_arrivals(consultation, choice, links)
    return page(
        request,
        "desk/arrivals/arrivals.html",
        "consultations",
        refused=bool(refusal),
        consultation=consultation,
        form=form,
        choice=choice,
        content=content,
        refusal=refusal,
        ticked=set(request.POST.getlist("coche")),
        standings=[
            (standing, label, content.counts[standing], _address(dataclasses.replace(choice, standing=standing)))
            for standing, label in _SHOWN.items()
        ],
        periods=[
            (period, _address(dataclasses.replace(choice, since=period.since, before=period.before)))
            for period in content.periods
        ],
        decisions=[(standing.value, *_BUTTONS[standing]) for standing in _BUTTONS if standing != choice.standing],
    )


def _described(link: SharedLink) -> str:
    people = counts.plural(link.people, "personne", "personnes")
    return f"{link.label} ({people}{'' if link.open else ', retiré'})"


def _decide(request: HttpRequest, consultation: Consultation, form: ArrivalFilterForm) -> str:
    """Do what the button says (`tous:` or `coches:`, then a standing); the sentence that confirms it."""
    whom, _, wanted = request.POST.get("geste", "").partition(":")
    if not form.is_valid() or whom not in ("tous", "coches") or wanted not in Standing.values:
        raise RefusedInput(_LOST)
    decision = Standing(wanted)
    choice = _seen(form.choice(), request.POST.get("vu", ""))
    if whom == "coches":
        choice = dataclasses.replace(choice, ticked=request.POST.getlist("coche"))
    people = decide_arrivals(agent(request), consultation, choice, decision)
    return f"{_SHOWN[decision]} : {counts.plural(people, 'personne', 'personnes')}. {_CONFIRMED[decision]}"


def _seen(choice: ArrivalChoice, last: str) -> ArrivalChoice:
    """The choice, without those who came in after the last that the page showed: nobody looked at them."""
    try:
        moment = datetime.datetime.fromisoformat(last)
    except ValueError:
        raise RefusedInput(_LOST) from None
    if moment.tzinfo is None:
        raise RefusedInput(_LOST)
    return dataclasses.replace(choice, until=moment)


def _address(choice: ArrivalChoice) -> str:
    """The query of the page that shows these."""
    period = {name: _typed(moment) for name, moment in (("depuis", choice.since), ("avant", choice.before)) if moment}
    return "?" + urlencode({"etat": choice.standing, "lien": choice.link} | period)


def _typed(moment: datetime.datetime) -> str:
    """As the control of the form writes it."""
    return f"{local_time.local(moment):%Y-%m-%dT%H:%M}"
