"""A view declares the rules it goes through, and an answer made without calling them never leaves."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from parvis.core.access import (
    READ,
    RouteAudience,
    RuleNotCalled,
    SentToEntrance,
    access,
    anyone,
    declared_access,
    note_rules,
    rule,
    rules_noted,
)


@rule
def open_doors(name: str) -> bool:
    return name == "ouverte"


@rule
def open_windows() -> bool:
    return True


def ask(answer: HttpResponse | Exception, *, calls: tuple[str, ...] = ()) -> HttpResponse:
    """What a view that declares both rules answers when it calls only some of them."""

    @access(open_doors, open_windows)
    def view(request: HttpRequest) -> HttpResponse:
        if "doors" in calls:
            open_doors("fermée")
        if "windows" in calls:
            open_windows()
        if isinstance(answer, Exception):
            raise answer
        return answer

    response = view(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    return response


def test_a_view_that_calls_its_rules_answers() -> None:
    assert ask(HttpResponse("oui"), calls=("doors", "windows")).content == b"oui"


@pytest.mark.parametrize("calls", [(), ("doors",), ("windows",)])
@pytest.mark.parametrize("answer", [HttpResponse(), HttpResponse(status=422), HttpResponseRedirect("/fait/")])
def test_a_view_that_forgets_a_rule_does_not_answer(calls: tuple[str, ...], answer: HttpResponse) -> None:
    with pytest.raises(RuleNotCalled, match="open_"):
        ask(answer, calls=calls)


@pytest.mark.parametrize("status", [403, 404, 405, 409, 410, 429, 503])
def test_a_refusal_needs_no_rule(status: int) -> None:
    assert ask(HttpResponse(status=status)).status_code == status


def test_who_is_sent_to_the_entrance_is_refused() -> None:
    assert ask(SentToEntrance("/partenaires/")).status_code == 302


@pytest.mark.parametrize("refusal", [Http404(), PermissionDenied()])
def test_a_refusal_by_exception_goes_through(refusal: Exception) -> None:
    with pytest.raises(type(refusal)):
        ask(refusal)


def test_rules_called_by_another_request_do_not_count() -> None:
    open_windows()
    ask(HttpResponse(), calls=("doors", "windows"))
    with pytest.raises(RuleNotCalled):
        ask(HttpResponse())


def test_a_query_compiled_once_calls_its_rules_again_at_each_run() -> None:
    @access(open_windows)
    def view(request: HttpRequest) -> HttpResponse:
        note_rules(compiled_by)
        return HttpResponse()

    with rules_noted() as compiled_by:
        open_windows()
    assert view(RequestFactory().get("/")).status_code == 200


def test_what_a_view_declares() -> None:
    declared = declared_access(access(open_doors, open_windows, audience=RouteAudience.TEAM)(HttpResponse))
    assert declared is not None
    assert (declared.audience, declared.methods, declared.signed_in) == ("team", READ, True)
    assert declared.rule_names == "tests.core.test_access.open_doors, tests.core.test_access.open_windows"


def test_agents_and_team_sign_in_and_nobody_else() -> None:
    made = {audience: declared_access(access(anyone, audience=audience)(HttpResponse)) for audience in RouteAudience}
    assert {audience for audience, declared in made.items() if declared is not None and declared.signed_in} == {
        RouteAudience.AGENTS, RouteAudience.TEAM,
    }  # fmt: skip


def test_a_function_that_is_no_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="is not marked as a rule"):
        access(len)
    with pytest.raises(TypeError, match="at least one rule"):
        access()
