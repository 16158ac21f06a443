from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jobcentre.notices.models import Notice

PAGE = 50


@require_GET
def notice_list(request):
    """The newest notices of the user, unread marked."""
    notices = list(Notice.objects.filter(user=request.user)[:PAGE])
    return render(
        request,
        "notices/list.html",
        {"notices": notices, "unread": sum(notice.read_at is None for notice in notices)},
    )


@require_POST
def open_notice(request, pk):
    """Mark as read and go to what it is about."""
    notice = Notice.objects.filter(user=request.user, pk=pk).first()
    if notice is None:
        raise Http404
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(notice.url or "notices:list")


@require_POST
def mark_all_read(request):
    Notice.objects.filter(user=request.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("notices:list")
