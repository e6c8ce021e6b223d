from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from parvis.people.models import User
from tests.fake_provider import FakeProvider, served


@pytest.fixture
def fake(admin: User, settings: LazySettings) -> Iterator[FakeProvider]:
    """It knows Ada, and the site trusts it."""
    person = {"sub": "ada-chez-eux", "email": "Ada.Lune@exemple.fr", "email_verified": True, "usual_name": "canari"}
    with served(FakeProvider(person=person)) as provider:
        settings.OIDC = provider.settings()
        yield provider
