from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jobcentre.accounts import saved_views, typed
from jobcentre.accounts.backends import DEMO_DOMAIN
from jobcentre.accounts.enums import Role
from jobcentre.accounts.forms import (
    LoginForm,
    PreferencesForm,
    SavedViewForm,
    SwitchRoleForm,
)
from jobcentre.accounts.middleware import SESSION_KEY
from jobcentre.accounts.models import Membership, Unit
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.text import sort_key


def demo_users() -> list[dict]:
    """One login per role of the demo municipality; empty outside demo mode."""
    if not settings.DEMO_MODE:
        return []
    found: dict[str, dict] = {}
    rows = (
        Membership.objects.valid_on(timezone.localdate())
        .filter(user__email__endswith=DEMO_DOMAIN)
        .select_related("user", "unit")
        .order_by("user_id", "id")
    )
    for membership in rows:
        found.setdefault(
            membership.role,
            {
                "name": membership.user.name,
                "email": membership.user.email,
                "role": membership.get_role_display(),
                "unit": membership.unit.name,
            },
        )
    return [found[role] for role in Role.values if role in found]


class LoginView(auth_views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        kept = self.request.POST.get("kept", "")
        return super().get_context_data(**login_page(kept), **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        log.record(self.request.user, "login", access=Access.LOGIN, obj=self.request.user)
        kept = typed.opened(self.request.POST.get("kept", ""))
        if kept is not None:
            return render(self.request, "accounts/go_on.html", {"typed": kept})
        return response


def login_page(kept: str = "") -> dict:
    """What the login page shows beside its form; `kept` is what was typed, sealed."""
    return {
        "demo_users": demo_users(),
        "demo_password": settings.DEMO_PASSWORD,
        "kept": kept if typed.opened(kept) else "",
    }


def ask_again(request):
    """A form sent when the session had ended: the login, which carries what was typed; else the
    way to the login."""
    kept = typed.sealed(request)
    if not kept:
        return redirect_to_login(request.get_full_path())
    context = {"form": LoginForm(request), "next": request.get_full_path(), **login_page(kept)}
    return render(request, "accounts/login.html", context)


class LogoutView(auth_views.LogoutView):
    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PasswordView(auth_views.PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("start")

    def form_valid(self, form):
        messages.success(self.request, _("The password is changed."))
        return super().form_valid(form)


@require_POST
def preferences(request):
    form = PreferencesForm(request.POST)
    form.full_clean()
    user, fields = request.user, []
    for name in ("theme", "language"):
        value = form.cleaned_data.get(name)
        if value:
            setattr(user, name, value)
            fields.append(name)
    if fields:
        user.save(update_fields=fields)
    return redirect(form.cleaned_data.get("next") or "/")


@require_POST
def switch_role(request):
    """Act in another of one's own memberships; from then on its rights hold, and only its."""
    form = SwitchRoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted = form.cleaned_data["membership"]
    if wanted not in [membership.pk for membership in request.user.all_memberships]:
        raise Http404
    request.session[SESSION_KEY] = wanted
    return redirect("start")


@require_POST
def view_save(request):
    """Give the filters of a list a name, and go back to the list."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        if "page" in form.errors:
            raise Http404
        messages.error(request, _("Give the view a name of at most 40 characters."))
        return redirect(_list_url(form.cleaned_data["page"], form.cleaned_data.get("query", "")))
    chosen = form.cleaned_data
    try:
        saved_views.save_view(
            request.user,
            chosen["page"],
            chosen["name"],
            chosen["query"],
            is_default=chosen["is_default"],
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The view %(name)s is saved.") % {"name": chosen["name"]})
    return redirect(_list_url(chosen["page"], chosen["query"]))


@require_POST
def view_remove(request, pk):
    """Remove one of one's own views, and go back to its list."""
    view = saved_views.remove_view(request.user, pk)
    if view is None:
        raise Http404
    messages.success(request, _("The view %(name)s is removed.") % {"name": view.name})
    return redirect(_list_url(view.page, view.query))


def _list_url(page: str, query: str) -> str:
    """The list with these filters. Never bare: a bare address opens the default view."""
    return f"{reverse(page)}?{saved_views.filters_of(query) or 'state='}"


@require_GET
def units(request):
    """The administrator's start page: the tree of units with who works there."""
    today = timezone.localdate()
    members: dict[int, list[Membership]] = {}
    for membership in (
        Membership.objects.valid_on(today).select_related("user").order_by("role", "user__name")
    ):
        members.setdefault(membership.unit_id, []).append(membership)
    rows = [
        {
            "unit": unit,
            "depth": unit.path.count(".") - 1,
            "members": members.get(unit.pk, []),
        }
        for unit in _as_a_tree(Unit.objects.order_by("path"))
    ]
    return render(request, "accounts/units.html", {"rows": rows, "count": len(rows)})


def _as_a_tree(units: Iterable[Unit]) -> list[Unit]:
    """The units in use, each below the one it is part of, siblings by name."""
    units = list(units)
    names = {str(unit.pk): sort_key(unit.name) for unit in units}
    in_use = [unit for unit in units if unit.is_active]
    return sorted(
        in_use,
        key=lambda unit: [(names[pk], int(pk)) for pk in unit.path.rstrip(".").split(".")],
    )


PasswordView.extra_context = {"title": gettext_lazy("Change password")}
