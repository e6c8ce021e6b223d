"""What an agent does about her own way in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.people.models import User
from parvis.people.oidc.provider import configured_provider
from parvis.people.operations.daily_digest import choose_digest
from parvis.people.operations.provider_identities import unlink_identity
from parvis.people.operations.second_factor import (
    activate_second_factor,
    deactivate_second_factor,
    recovery_codes_of,
    renew_recovery_codes,
)
from parvis.people.second_factor.state import has_second_factor, must_have_one, recovery_codes_left
from parvis.people.second_factor.totp import key_address, new_secret
from parvis.web.components.form_pages import saved
from parvis.web.components.qr import qr_svg
from parvis.web.desk.my_access.forms import CodeForm, FirstCodeForm
from parvis.web.desk.requests import agent, page, posted

SECTION: Final = "my_access"
_SECRET: Final = "second_factor_secret"  # noqa: S105 - where it is kept, not the secret
_SHOWN_UNTIL: Final = "recovery_codes_until"
_SHOWN_FOR: Final = 10 * 60


@access(agent, audience=RouteAudience.AGENTS)
def my_access(request: HttpRequest) -> HttpResponse:
    """How one signs in, and what can be changed about it."""
    actor = agent(request)
    return page(
        request,
        "desk/my_access/my_access.html",
        SECTION,
        actor=actor,
        active=has_second_factor(actor),
        required=must_have_one(actor),
        left=recovery_codes_left(actor),
        provider=configured_provider(),
        linked=actor.provider_identities.exists(),
    )


@access(agent, audience=RouteAudience.AGENTS, methods=POST)
def unlink(request: HttpRequest) -> HttpResponse:
    """Forget her account at the identity provider; the next sign-in there is matched again by address."""
    unlink_identity(agent(request))
    messages.success(request, "Le compte est délié. Le code reçu par courriel vous ouvre toujours.")
    return redirect("desk:my_access")


@access(agent, audience=RouteAudience.AGENTS, methods=POST)
def digest(request: HttpRequest) -> HttpResponse:
    """Have the mail of the day, or no longer."""
    wanted = request.POST.get("wanted") == "1"
    choose_digest(agent(request), wanted=wanted)
    messages.success(request, "Le résumé du jour vous sera envoyé." if wanted else "Plus de résumé du jour.")
    return redirect("desk:my_access")


@access(agent, audience=RouteAudience.AGENTS, methods=FORM)
def activate(request: HttpRequest) -> HttpResponse:
    """The telephone reads the drawing, then proves it. The key stays the same until then, in the session."""
    actor = agent(request)
    if has_second_factor(actor):
        return redirect("desk:my_access")
    secret = request.session.setdefault(_SECRET, new_secret())
    form = FirstCodeForm(posted(request))
    if request.method == "POST" and saved(
        form, lambda: activate_second_factor(actor, secret, form.cleaned_data["code"])
    ):
        del request.session[_SECRET]
        update_session_auth_hash(request, actor)
        _show_recovery_codes(request)
        return redirect("desk:recovery_codes")
    site = settings.PUBLIC_URL.partition("//")[2]
    address = key_address(secret, account=actor.email, site=f"Parvis {site}")
    return page(
        request,
        "desk/my_access/activate.html",
        SECTION,
        form=form,
        drawing=qr_svg(address, "Code à faire lire"),
        address=address,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        required=must_have_one(actor),
    )


@access(agent, audience=RouteAudience.AGENTS, methods=FORM)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes just made, until one says they are put away, ten minutes at most. POST says so."""
    actor = agent(request)
    if request.method == "POST":
        request.session.pop(_SHOWN_UNTIL, None)
        messages.success(request, "C'est fait : un code de votre téléphone vous sera demandé à chaque connexion.")
        return redirect("desk:home")
    if not _shows_recovery_codes(request):
        return redirect("desk:my_access")
    return page(request, "desk/my_access/recovery_codes.html", SECTION, codes=recovery_codes_of(actor))


@access(agent, audience=RouteAudience.AGENTS)
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same, as a text to keep."""
    actor = agent(request)
    if not _shows_recovery_codes(request):
        return redirect("desk:my_access")
    lines = [
        f"Codes de secours pour entrer dans Parvis ({settings.PUBLIC_URL})",
        "Chacun sert une fois, à la place du code de votre téléphone. Gardez-les à l'abri.",
        "",
        *recovery_codes_of(actor),
    ]
    return HttpResponse(
        "\r\n".join(lines) + "\r\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="codes-de-secours.txt"'},
    )


@access(agent, audience=RouteAudience.AGENTS, methods=FORM)
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new ones; the former no longer open."""

    def renewed(actor: User, code: str) -> None:
        renew_recovery_codes(actor, code)
        _show_recovery_codes(request)

    return _by_code(request, "new_codes", renewed, "desk:recovery_codes", "")


@access(agent, audience=RouteAudience.AGENTS, methods=FORM)
def deactivate(request: HttpRequest) -> HttpResponse:
    """Taken away by who still holds it."""
    confirmation = "La vérification en deux étapes est retirée : le code reçu par courriel suffit."
    return _by_code(request, "deactivate", deactivate_second_factor, "desk:my_access", confirmation)


def _by_code(
    request: HttpRequest, name: str, change: Callable[[User, str], None], after: str, confirmation: str
) -> HttpResponse:
    """A change of one's second factor, once a code was given."""
    actor = agent(request)
    if not has_second_factor(actor):
        return redirect("desk:my_access")
    form = CodeForm(posted(request))
    if request.method == "POST" and saved(form, lambda: change(actor, form.cleaned_data["code"])):
        if confirmation:
            messages.success(request, confirmation)
        return redirect(after)
    return page(request, f"desk/my_access/{name}.html", SECTION, form=form)


def _show_recovery_codes(request: HttpRequest) -> None:
    request.session[_SHOWN_UNTIL] = time.time() + _SHOWN_FOR


def _shows_recovery_codes(request: HttpRequest) -> bool:
    return bool(request.session.get(_SHOWN_UNTIL, 0) > time.time())
