"""How allauth works here: agents are invited by an administrator, nobody signs up alone."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from parvis.core.limits import Limit
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.people.models import User

CODE_MAIL: Final = "sign_in_code"
SIGN_IN_CODES: Final = Limit("sign_in_codes", most=3, seconds=60)
"""By mail address, an agent's or not. A room shares one IP address: nothing is counted by that."""


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
        """Queue the mail, before all others. For an address that is no agent's the same work leads to nobody."""
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        message: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
        queue_mail(
            CODE_MAIL,
            about=user.code if user is not None else "",
            letter=Letter(user.email if user is not None else "", str(message.subject), str(message.body)),
            lane=Lane.URGENT,
            lifetime=datetime.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
        )
