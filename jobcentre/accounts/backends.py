"""Who a session belongs to, read together with what the user may be today."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from jobcentre.accounts.acting import memberships_with_user
from jobcentre.accounts.enums import Role

DEMO_DOMAIN = "@demo.invalid"


class MembershipBackend(ModelBackend):
    """Django's own check of the password; the user of a session comes with the memberships.

    Every request needs both, so they are one query. Rights are still read afresh each time.
    """

    def user_can_authenticate(self, user):
        """The made-up users of a demo, whose password everybody knows, exist in a demo only, even
        when its database is later started as something else."""
        is_made_up = user.email.endswith(DEMO_DOMAIN) and not settings.DEMO_MODE
        return super().user_can_authenticate(user) and not is_made_up

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
