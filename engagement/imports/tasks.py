"""Background tasks: the work on a file, handed to this very process or to a worker beside the site.

How far it is, and what did not work out, stands with the import; its page can be closed and opened again.
"""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from engagement.core.leases import Lease, is_leased
from engagement.core.types import SignedIn
from engagement.imports import actions
from engagement.imports.models import Import


def start(batch: Import, verb: str, by: SignedIn) -> None:
    """Begin to look at an import, to take it or to take it back."""
    own = Import._base_manager.filter(pk=batch.pk)
    own.update(work=Import.Work.WAITING, done=0, worked_at=timezone.now(), worked_by=by, problem="")
    work_on.enqueue(batch.pk, verb, by.pk)
    batch.refresh_from_db()


@task()
def work_on(pk: int, verb: str, by_pk: int) -> None:
    """Do the work on an import. A failure is said on its page; then nothing was changed."""
    batch = Import.objects.select_related("layout").get(pk=pk)
    by = get_user_model()._default_manager.get(pk=by_pk)
    try:
        getattr(actions, verb)(batch, by=by)
    except ValidationError as error:
        if getattr(error, "code", "") != "not_now":
            _end(pk, " ".join(error.messages))
        elif not is_leased(Lease.IMPORT, pk):  # whoever is at it now says so itself
            _end(pk, "")
    except Exception:
        _end(pk, _("Something went wrong on our side. Try again. If it continues, tell your administrator."))
        raise


def _end(pk: int, problem: str) -> None:
    changes = {"problem": problem} if problem else {}
    Import._base_manager.filter(pk=pk).update(work=Import.Work.NOTHING, **changes)
