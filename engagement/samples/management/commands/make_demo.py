"""manage.py make_demo: one login for each role, the founding example and the fictional sample."""

import os
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef

from engagement.core.folding import match_key
from engagement.minutes.models import Minutes
from engagement.privacy.erasing import Target, erase
from engagement.privacy.models import Erasure
from engagement.returns.shipped import load as load_return_forms
from engagement.samples import founding_data, names
from engagement.samples.eligibility import assess, replace_a_paper
from engagement.samples.logins import OUTSIDERS, STAFF, Login, Logins
from engagement.samples.minutes import agree_on_one, leave_waiting
from engagement.samples.planned import plan_next
from engagement.samples.publication import exempt_some, withdraw_one
from meetings.models import Meeting, Participant, PublishedVersion
from meetings.models.correction_notes import correcting
from organizations.models import Organization, OrganizationQuerySet, Person, Representative

FOUNDING = founding_data.ORGANIZATIONS[founding_data.COUNTERPART]["name"]
CORRECTED = "Both sides will look at it again within a year."
ERASED = "Asked for it after leaving the organization."
CORRECTION = "The summary left out what was agreed last."


class Command(BaseCommand):
    help = "Fill a demonstration (DEMO=1 only): logins, the founding example, the sample. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "make_demo makes logins whose password everybody knows, so it runs only in a demonstration: set DEMO=1."
            )
        logins = Logins()
        with transaction.atomic():
            users = {login: logins.get_or_make(login)[0] for login in STAFF}
        secretary, manager, publisher = (login.username for login in STAFF[:3])
        call_command("load_founding_example", by=secretary, publisher=publisher, stdout=self.stdout)
        load_return_forms()
        call_command("make_sample", staff=[secretary, manager], stdout=self.stdout)
        with transaction.atomic():
            for login, organizations in zip(OUTSIDERS, self._represented(), strict=True):
                users[login], is_new = logins.get_or_make(login)
                if is_new and (organization := organizations.order_by("pk").first()):
                    Representative.objects.create(user=users[login], organization=organization)
        self._correct_one()
        self._stand(by=users[STAFF[0]])
        if fictional := self._represented()[1].order_by("pk").first():
            plan_next(fictional, ours=users[STAFF[0]], theirs=users[OUTSIDERS[1]])
        if not Meeting.objects.exclude(exempted_at=None).exists():
            exempt_some(publisher=users[STAFF[2]])
            withdraw_one(publisher=users[STAFF[2]])
        if not Minutes.objects.exists():
            self._make_minutes(users)
        self._erase_one(by=users[STAFF[1]])
        with suppress(CommandError):  # such as a clock set back; then there are those of before
            call_command("send_reminders", verbosity=0)
        self._print({login: logins.password_of(user) for login, user in users.items()})

    def _represented(self) -> list[OrganizationQuerySet]:
        """Whom the outsiders act for: the counterpart of the founding meeting, and one fictional organization."""
        key = match_key(FOUNDING)
        organizations = Organization.objects.all()
        return [organizations.filter(match_key=key), organizations.filter(name=names.REPRESENTED)]

    def _make_minutes(self, users: dict[Login, Any]) -> None:
        """Of a public meeting of the fictional organization, agreed; of its latest other one, waiting."""
        ours, _manager, publisher = (users[login] for login in STAFF[:3])
        tinkerers = users[OUTSIDERS[1]]
        fictional = self._represented()[1].order_by("pk").first()
        if fictional is not None:
            agree_on_one(fictional, ours=ours, theirs=tinkerers, last=publisher)
            leave_waiting(fictional, ours=ours, theirs=tinkerers)

    def _stand(self, *, by: Any) -> None:
        """A fictional organization replaced a paper, and was assessed beside another one."""
        fictional = self._represented()[1].first()
        if fictional is not None:
            others = Organization.objects.filter(is_host=False, kind=fictional.kind).exclude(pk=fictional.pk)
            replace_a_paper(fictional)
            assess(fictional, others.exclude(name=FOUNDING).order_by("pk").first(), by=by)

    def _correct_one(self) -> None:
        """A published meeting of the sample was corrected since, so that there are versions to compare."""
        if PublishedVersion.objects.filter(number=2).exists():
            return
        founding = match_key(FOUNDING)
        public = Meeting.objects.visible_to(AnonymousUser()).held().exclude(summary="")
        meeting = public.exclude(parties__organization__match_key=founding).order_by("-starts_at", "-pk").first()
        if meeting is not None:
            with correcting(CORRECTION):
                meeting.summary = f"{meeting.summary} {CORRECTED}"
                meeting.save()

    def _erase_one(self, *, by: Any) -> None:
        """Somebody who was named to the public and whose name nobody else has was erased since."""
        if Erasure.objects.exists():
            return
        namesakes = Person.objects.filter(name=OuterRef("person__name")).exclude(pk=OuterRef("person"))
        named = Participant.objects.visible_to(AnonymousUser()).filter(~Exists(namesakes), person__isnull=False)
        one = named.exclude(function="").exclude(party__organization__is_host=True).order_by("-meeting", "pk").first()
        if one is not None:
            erase(Target(one.person), by=by, reason=ERASED)

    def _print(self, passwords: dict[Login, str]) -> None:
        self.stdout.write("")
        for login, password in passwords.items():
            self.stdout.write(f"  {login.username:12}{password:16}{login.what}")
        host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
        self.stdout.write(f"\nThe demonstration is at http://{host}:{port}/\n")
