"""How allauth works here: agents are invited by an administrator, nobody signs up alone."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from parvis.people.mail import post


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "Ce code n'est pas le bon : vérifiez-le, ou demandez-en un autre.",
        "too_many_login_attempts": "Trop d'essais : attendez une minute, puis demandez un nouveau code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """allauth's own, with our second step in the place of its own."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "parvis.people.second_factor.stage.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """From a thread of its own, so that the page takes the same time with and without a mail."""
        post(self.letter(template_prefix, email, context))

    def letter(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
        """The mail itself, written and not sent."""
        message: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
        return message
