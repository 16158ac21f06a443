from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET

from jobcentre.ui import samples

ONE_DAY = 24 * 60 * 60


@require_GET
@cache_control(private=True, max_age=ONE_DAY)
def accent(request):
    """The municipality's accent colour as a style sheet of one line."""
    return HttpResponse(
        f":root {{ --kommun-accent: {settings.MUNICIPALITY_ACCENT}; }}\n", content_type="text/css"
    )


@require_GET
def accessibility(request):
    """The accessibility statement (tillgänglighetsredogörelse) that law (2018:1937) asks for."""
    return render(request, "ui/accessibility.html")


@require_GET
def help_page(request):
    """The keys, and the words of the system explained."""
    return render(request, "ui/help.html")


@require_GET
def guide(request):
    """Every component in every state, for those who build pages. Demo mode only."""
    if not settings.DEMO_MODE:
        raise Http404
    form = samples.GuideForm(request.GET)
    form.full_clean()
    theme = form.cleaned_data.get("theme") or "auto"
    context = {**samples.context(timezone.localdate()), "guide_theme": theme}
    return render(request, "ui/guide.html", context)


# --- answers when something is wrong -------------------------------------------------------------
@requires_csrf_token
def missing(request, exception):
    """The same answer whether a thing is missing or only unseen: no address, no reason."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def forbidden(request, exception):
    return render(request, "403.html", status=403)


@requires_csrf_token
def bad_request(request, exception):
    return render(request, "400.html", status=400)


def csrf_failure(request, reason=""):
    """A form that was open too long, or was not ours; nothing of it is saved."""
    return render(request, "403_csrf.html", status=403)


def failure(request):
    """The server failed: a page that needs neither the database nor the user."""
    shell = {
        "municipality": settings.MUNICIPALITY_NAME,
        "theme": "auto",
        "request_id": getattr(request, "request_id", ""),
    }
    return HttpResponse(render_to_string("500.html", {"shell": shell}), status=500)
