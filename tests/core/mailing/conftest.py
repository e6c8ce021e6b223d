from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bench.fake_smtp import FakeSmtp


@pytest.fixture
def server(settings: Any) -> Iterator[FakeSmtp]:
    """A mail server, and settings that name it."""
    with FakeSmtp() as fake:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", fake.port, 1
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield fake
