"""What was recorded before compound words were looked up as one is so after the upgrade."""

from importlib import import_module

import pytest
from django.apps import apps

from engagement.core.models import Findable
from engagement.samples.loading import load
from organizations.models import Organization, OtherName
from tests import makers as make
from tests.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_upgrade_writes_what_saving_writes(people: People) -> None:
    load(by=people.secretary, publisher=people.publisher)
    council = make.make_organization("Bio-Sim Council", acronym="B-SC")
    OtherName.objects.create(organization=council, name="L'Union bio-similaire")
    make.make_identifier(council, "38526121292-88")
    council.refresh_from_db()
    wanted = (council.match_key, council.acronym_key)
    assert wanted == ("biosimcouncil", "bsc")
    models = [model for model in apps.get_models() if issubclass(model, Findable)]
    for model in models:
        model._base_manager.update(search_text="as it was")
    Organization._base_manager.update(match_key="as it was", acronym_key="as it was")
    OtherName._base_manager.update(match_key="as it was")

    import_module("engagement.search.migrations.0002_compound_words").renew(apps, None)

    for model in models:
        for row in model._base_manager.all():
            assert row.search_text == row.folded_terms(), row
    council.refresh_from_db()
    assert (council.match_key, council.acronym_key) == wanted
    assert list(Organization.objects.resembling("Union biosimilaire L")) == []
    assert list(Organization.objects.resembling("L’Union biosimilaire")) == [council]
