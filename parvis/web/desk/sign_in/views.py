"""The entrance: a code by mail, or a link. Both go through allauth's own flow, so that a second factor holds."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import (
    AccountInactiveView,
    ConfirmLoginCodeView,
    LogoutView,
    RequestLoginCodeView,
)
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from parvis.core.access import FORM, RouteAudience, access, anyone
from parvis.core.errors import RefusedInput
from parvis.people.actor import actor_of
from parvis.people.oidc.provider import configured_provider
from parvis.people.operations.sign_in_links import consume_sign_in_link
from parvis.web.desk.my_access.forms import SecondStepForm
from parvis.web.desk.sign_in.forms import AddressForm, CodeForm
from parvis.web.desk.sign_in.provider_views import LEAVE_PROVIDER


class _RequestCode(RequestLoginCodeView):  # type: ignore[misc]
    form_class = AddressForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        """Whoever waits for a code may start again, for another address too: she may have mistyped the first."""
        return None

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """An unknown address costs the same work: a mail is queued, to nobody."""
        if form._user is None:
            adapter = get_adapter()
            code = adapter.generate_login_code()
            adapter.send_mail("account/email/login_code", form.cleaned_data["email"], {"code": code})
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"demonstration": settings.PARVIS_DEMO, "provider": configured_provider()}
        return {**super().get_context_data(**kwargs), **more}


class _ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]
    form_class = CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        asked, address = self._process.state, str(self._process.state.get("email", "")).lower()
        name = f"{address} {asked['at']} {self._process.code}"
        return {**super().get_form_kwargs(), "address": address, "code_asked": name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "demonstration": settings.PARVIS_DEMO}


class _Leave(LogoutView):  # type: ignore[misc]
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who came in through the identity provider may end her session there too: it is another one."""
        provider, elsewhere = configured_provider(), self.request.session.get(LEAVE_PROVIDER)
        answer: HttpResponse = super().post(*args, **kwargs)
        if provider is None or not elsewhere:
            return answer
        context = {"provider": provider, "elsewhere": elsewhere}
        left = render(self.request, "account/left.html", context)
        add_never_cache_headers(left)
        return left


class _SecondStep(AuthenticateView):  # type: ignore[misc]
    form_class = SecondStepForm


request_code = access(anyone, methods=FORM)(_RequestCode.as_view())
confirm_code = access(anyone, methods=FORM)(_ConfirmCode.as_view())
second_step = access(anyone, methods=FORM)(_SecondStep.as_view())
leave = access(anyone, audience=RouteAudience.AGENTS, methods=FORM)(_Leave.as_view())
closed_account = access(anyone)(AccountInactiveView.as_view())


@access(anyone, methods=FORM)
@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, since mail scanners open links; POST consumes the token."""
    if actor_of(request) is not None:
        return redirect("desk:home")
    if request.method != "POST":
        return render(request, "desk/sign_in/link.html", {"refusal": ""})
    try:
        user = consume_sign_in_link(token)
    except RefusedInput as refused:
        return render(request, "desk/sign_in/link.html", {"refusal": refused.message}, status=410)
    answer: HttpResponse = perform_login(request, user, email=user.email)
    return answer
