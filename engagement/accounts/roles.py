"""Roles as groups: this file lists the permissions each holds, and ``migrate`` makes it so.

A representative has no role here: what they see and do follows from the organizations they act for.
An installation may give a role more; what is named here is always there.
"""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import Model

RECORDS = {
    "topics": ["theme", "topic", "reference"],
    "organizations": [
        *("organization", "othername", "identifier", "person", "post", "representative"),
        *("criterion", "assessment"),
    ],
    "meetings": ["series", "meeting", "party", "participant", "discussion", "position", "outcome", "document"],
    "followups": ["followup", "carryover"],
}

# What all of the secretariat reads, and whoever publishes answers for.
RULES = {"meetings": ["regime", "ground"], "minutes": ["minutestexts"]}

# What an authority asks for, and the files that were made for it.
RETURN_FORMS = {"returns": ["returnform", "returntable", "returncolumn"]}

# Parts of a larger record may be taken out of it; the larger records themselves are archived, cancelled or closed.
PARTS = {
    "organizations": ["othername", "identifier", "post", "representative", "assessment"],
    "meetings": ["party", "participant", "discussion", "position", "outcome", "document"],
    "followups": ["carryover"],
}


def _permissions(verbs: list[str], models: dict[str, list[str]]) -> list[str]:
    return [f"{app}.{verb}_{name}" for app, names in models.items() for name in names for verb in verbs]


# The events of a follow-up, and what is reported on it, are written by its verbs alone.
EVERYTHING_SEEN = [
    *("accounts.see_internal", "accounts.view_user"),
    *("followups.view_followupevent", "followups.view_report", "followups.view_reportlink"),
    *_permissions(["view"], RULES),
]

SECRETARY = "secretary"
MANAGER = "manager"
PUBLISHER = "publisher"
IMPORTER = "importer"

ROLES: dict[str, list[str]] = {
    SECRETARY: [
        *EVERYTHING_SEEN,
        *_permissions(["view", "add", "change"], RECORDS),
        *_permissions(["delete"], PARTS),
        "organizations.merge_organization",
        "minutes.change_minutes",
    ],
    MANAGER: [
        *EVERYTHING_SEEN,
        *_permissions(["view"], RECORDS),
        "accounts.view_exportlog",
        "accounts.view_viewaslog",
        "minutes.change_minutes",
        "privacy.handle_personal_data",
        "privacy.view_erasure",
        "followups.change_followup",
        "followups.assign_followup",
        "followups.close_followup",
        "followups.move_due_followup",
    ],
    PUBLISHER: [
        *EVERYTHING_SEEN,
        *_permissions(["view"], RECORDS),
        "meetings.publish_meeting",
        *_permissions(["add", "change"], RULES),
        "meetings.delete_ground",
        *_permissions(["view", "add"], {"returns": ["return"]}),
        *_permissions(["view", "add", "change", "delete"], RETURN_FORMS),
    ],
    IMPORTER: [
        *EVERYTHING_SEEN,
        *_permissions(["view"], RECORDS),
        "imports.import_records",
        *_permissions(["view", "add", "change"], {"imports": ["layout"]}),
        *_permissions(["view"], {"imports": ["import", "importrow", "origin", "answer"]}),
        "imports.delete_answer",
    ],
}


def sync(sender: type[Model] | None = None, apps: Apps = installed, **kwargs: object) -> None:
    """Give every role the permissions it lists, once the permissions exist."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(*(known[name] for name in names if name in known))
