"""What was written in bulk is what the models would have saved one by one."""

from typing import Any

import pytest

from engagement.core.models import Record
from engagement.core.models.visibility import wrong_levels
from meetings.models import Meeting, Party, Series
from organizations.models import Identifier, Organization, OtherName
from tests import makers
from tests.imports.files import committed
from tests.samples.test_sample import stored

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]

KAY, LEE, MOE = "1111111111-11", "2222222222-22", "3333333333-33"
MODELS: tuple[type[Record], ...] = (Meeting, Party, Series, Organization, Identifier, OtherName)
LINES = [
    f"Cabinet Ä,2022-01-27,Kay & Sons GmbH;Lee,{KAY};{LEE},The subject,Brussels",
    f"Cabinet B,2022-01-27,Kay & Sons GmbH;Lee,{KAY};{LEE},The subject,Brussels",
    f"Cabinet Ä,2022-02-27,Kay & Sons GmbH,{KAY},The subject 2,Paris",
    f"Cabinet Ä,2022-03-27,Éclair (formerly Kay),{KAY},The subject,online",
    f'Cabinet Ä,2022-04-27,Zed and Kay,{KAY},The subject,"Ghent, Belgium"',
    f"Cabinet Ä,2023-03-27,Moe,{MOE},???,",
    "Cabinet Ä,2023-03-28,Ωμέγα,,Διάλογος,Athens",
]


def bring_in(importer: Any) -> None:
    makers.make_organization("Moe")
    makers.make_held("The subject").save()
    committed(LINES, importer)
    assert Meeting.objects.count() == 7
    assert OtherName.objects.count() == 2


def test_saving_again_changes_nothing(importer: Any) -> None:
    bring_in(importer)
    for model in MODELS:
        for pk in model._base_manager.values_list("pk", flat=True):
            before = stored(model._base_manager.get(pk=pk))
            model._base_manager.get(pk=pk).save()
            assert stored(model._base_manager.get(pk=pk)) == before


def test_every_record_passes_its_own_validation(importer: Any) -> None:
    bring_in(importer)
    for model in MODELS:
        for record in model._base_manager.all():
            record.full_clean()
        if hasattr(model, "level_parents"):
            assert not wrong_levels(model).exists()
    for meeting in Meeting.objects.filter(status="held"):
        meeting.check_whole()


def test_every_record_has_a_history_that_says_the_same(importer: Any) -> None:
    bring_in(importer)
    for model in MODELS:
        past: Any = model.history.model  # type: ignore[attr-defined]
        names = [field.attname for field in past.tracked_fields]
        for pk, *values in model._base_manager.values_list("pk", *names):
            latest = past.objects.filter(id=pk).order_by("-history_id").values_list(*names).first()
            if model in (Meeting, Party, Series, OtherName):
                assert list(latest) == values, model


def test_search_finds_what_was_imported(importer: Any) -> None:
    bring_in(importer)
    for text in ("kay sons", "eclair", KAY):
        assert Organization.objects.lookup(text).get().identifiers.get().value == KAY
    assert Meeting.objects.lookup("dialogos").exists()


def test_a_party_has_the_number_a_new_one_would_get(importer: Any) -> None:
    bring_in(importer)
    for party in Party.objects.select_related("meeting"):
        again = Party(meeting=party.meeting, organization=party.organization)
        again._take_register_number()
        assert (party.register_number, party.register_status) == (again.register_number, again.register_status)
