"""allauth's stage, which asks for the second factor, but not twice when the identity provider asked for one."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from parvis.people.second_factor.state import shown_at_provider


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return bool(super()._should_handle(request)) and not shown_at_provider(request, user)
