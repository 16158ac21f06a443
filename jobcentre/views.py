from django.db import connection
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from jobcentre.accounts.enums import Role
from jobcentre.navigation import START


@require_GET
def start(request):
    """The page that answers what needs the acting role now."""
    membership = request.user.acting
    if membership is None:
        return render(request, "accounts/no_role.html", status=200)
    return redirect(START[Role(membership.role)])


@require_GET
def health(request):
    """Whether the database answers; for the load balancer, without versions or names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@require_GET
def favicon(request):
    """What browsers ask for beside a PDF or an error, which name no icon of their own."""
    return redirect(static("img/favicon.svg"), permanent=False)
