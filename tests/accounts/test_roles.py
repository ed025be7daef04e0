"""Permissions of each role."""

import pytest
from django.contrib.auth.models import Group, Permission

from engagement.accounts.roles import PARTS, RECORDS, RETURN_FORMS, ROLES, RULES, sync
from tests.core.test_house_rules import our_models
from tests.people import People

DOES = {
    "meetings.add_meeting": {"secretary"},
    "meetings.change_meeting": {"secretary"},
    "meetings.delete_meeting": set(),
    "meetings.view_meeting": {"secretary", "manager", "publisher"},
    "meetings.publish_meeting": {"publisher"},
    "meetings.delete_discussion": {"secretary"},
    "meetings.view_regime": {"secretary", "manager", "publisher"},
    "meetings.change_regime": {"publisher"},
    "organizations.delete_organization": set(),
    "topics.delete_theme": set(),
    "followups.add_followup": {"secretary"},
    "followups.delete_followup": set(),
    "followups.assign_followup": {"manager"},
    "followups.close_followup": {"manager"},
    "followups.move_due_followup": {"manager"},
    "followups.view_followup": {"secretary", "manager", "publisher"},
    "followups.view_followupevent": {"secretary", "manager", "publisher"},
    "followups.change_followupevent": set(),
    "followups.view_report": {"secretary", "manager", "publisher"},
    "followups.change_report": set(),
    "followups.view_reportlink": {"secretary", "manager", "publisher"},
    "followups.change_reportlink": set(),
    "followups.add_followupevent": set(),
    "followups.delete_followupevent": set(),
    "accounts.see_internal": {"secretary", "manager", "publisher"},
    "accounts.change_user": set(),
    "imports.import_records": set(),
    "organizations.merge_organization": {"secretary"},
    "returns.add_return": {"publisher"},
    "returns.change_return": set(),
    "returns.delete_return": set(),
    "returns.change_returnform": {"publisher"},
    "accounts.view_exportlog": {"manager"},
    "accounts.delete_exportlog": set(),
}


@pytest.mark.parametrize(("permission", "who"), DOES.items())
def test_who_may(people: People, permission: str, who: set[str]) -> None:
    assert {name for name, user in people if user.has_perm(permission)} == who


def test_every_permission_named_exists(db: None) -> None:
    known = {f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")}
    for names in ROLES.values():
        assert set(names) <= known


def test_every_noun_is_in_the_file() -> None:
    nouns = {(model._meta.app_label, model._meta.model_name) for model in our_models()}
    listed = {(app, name) for kind in (RECORDS, RULES, RETURN_FORMS) for app, names in kind.items() for name in names}
    kept_by_the_house = {
        ("core", "counter"),
        ("core", "formerslug"),
        ("core", "stamp"),
        ("core", "sentform"),
        ("accounts", "failedsignin"),
        ("followups", "followupevent"),
        ("followups", "report"),
        ("followups", "reportlink"),
        ("meetings", "agendaproposal"),
        ("meetings", "agendasending"),
        ("meetings", "proposedchange"),
        ("meetings", "publishedversion"),
        ("meetings", "documentversion"),
        ("returns", "return"),
        *(("minutes", f"minutes{name}") for name in ("", "version", "comment", "resolution")),
        *(("minutes", f"minutes{name}") for name in ("agreement", "link", "sending")),
        ("privacy", "erasure"),
        ("privacy", "erasedname"),
    }
    peoples_own = {
        ("accounts", name) for name in ("savedview", "defaultview", "calendarlink", "exportlog", "look", "viewaslog")
    }
    importers_own = {("imports", name) for name in ("layout", "import", "importrow", "origin", "answer")}
    written_by_merging = {("organizations", name) for name in ("merge", "notsame", "personmerge")}
    the_index = {("search", "entry"), ("search", "word")}
    reminders = {("reminders", name) for name in ("digest", "sentreminder", "run", "preference", "keptmail")}
    reminders |= {("reminders", "publishingreminder"), ("meetings", "proposedfile")}
    by_themselves = kept_by_the_house | written_by_merging | the_index | reminders
    assert nouns - listed == {("accounts", "user")} | peoples_own | by_themselves | importers_own
    assert {(app, name) for app, names in PARTS.items() for name in names} <= listed


def test_an_installation_may_give_more_and_migrating_takes_nothing_away(db: None) -> None:
    group = Group.objects.get(name="manager")
    more = Permission.objects.get(codename="delete_followup")
    group.permissions.add(more)
    group.permissions.remove(Permission.objects.get(codename="close_followup"))
    sync()
    sync()
    held = set(group.permissions.values_list("codename", flat=True))
    assert {"delete_followup", "close_followup"} <= held
    assert group.permissions.count() == len(ROLES["manager"]) + 1
