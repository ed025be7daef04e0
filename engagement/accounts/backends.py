"""Authentication backend that reads a user together with all permissions, in one query."""

from django.contrib.auth.backends import ModelBackend

from .models import User

ROUTES = ("groups__permissions", "user_permissions")


class RoleBackend(ModelBackend):
    """Django's backend, which reads the user of a request together with all permissions of their roles.

    Django asks three times (the person, the person's own permissions, those of the groups); every page of a
    signed-in reader needs all three.
    """

    def get_user(self, user_id: int) -> User | None:
        names = [field.attname for field in User._meta.concrete_fields]
        granted = [f"{route}__{part}" for route in ROUTES for part in ("content_type__app_label", "codename")]
        rows = list(User._base_manager.filter(pk=user_id).order_by().values_list(*names, *granted))
        if not rows:
            return None
        user = User.from_db(User._base_manager.db, names, rows[0][: len(names)])
        if not self.user_can_authenticate(user):
            return None
        if not user.is_superuser:
            pairs = {pair for row in rows for pair in (row[-4:-2], row[-2:]) if pair[1]}
            user._perm_cache = {f"{app}.{name}" for app, name in pairs}  # type: ignore[attr-defined]
        return user
