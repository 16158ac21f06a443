"""Who a session belongs to, read together with what the user may be today."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from jobcentre.accounts.acting import memberships_with_user
from jobcentre.accounts.enums import Role


class MembershipBackend(ModelBackend):
    """Django's own check of the password; the user of a session comes with the memberships.

    Every request needs both, so they are one query. Rights are still read afresh each time.
    """

    def has_perm(self, user_obj, perm, obj=None):
        return self._is_administrator(user_obj) or super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj, app_label):
        return self._is_administrator(user_obj) or super().has_module_perms(user_obj, app_label)

    def _is_administrator(self, user) -> bool:
        """The role gives the code lists; nothing else in the site asks for Django's permissions."""
        acting = getattr(user, "acting", None)
        return user.is_active and acting is not None and acting.role == Role.ADMINISTRATOR

    def get_user(self, user_id):
        """The active user with `all_memberships` filled, or None; a user without any membership
        today costs one query more."""
        memberships = memberships_with_user(user_id, timezone.localdate())
        if not memberships:
            user = super().get_user(user_id)
            if user is not None:
                user.all_memberships = []
            return user
        user = memberships[0].user
        for membership in memberships:
            membership.user = user
        user.all_memberships = memberships
        return user if self.user_can_authenticate(user) else None
