"""Who imports."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.makers import make_user


@pytest.fixture
def importer(db: None) -> Any:
    user = make_user("importer", is_staff=True)
    user.groups.add(Group.objects.get(name="importer"))
    return user


@pytest.fixture
def client(importer: Any) -> Client:
    """Somebody who imports, at a browser without scripts."""
    client = Client()
    client.force_login(importer)
    return client
