"""How every form page works: check, one transition, redirect; nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobcentre.casework.concurrency import send_once
from jobcentre.casework.exceptions import AlreadySent, Refused
from jobcentre.casework.fields import ReadBackForm
from jobcentre.casework.merged_guard import is_refusal
from jobcentre.casework.views.drafts import PageDraft


def handle_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict], Any],
    *,
    template: str,
    context: dict,
    success_url: str | Callable[[Any], str],
    message: str | Callable[[Any], str] = "",
    typed: PageDraft | None = None,
) -> HttpResponse:
    """Show the form, or run `act(cleaned_data)` when it is posted and right.

    `act` calls one transition, in one transaction with the note that the form is sent. What the
    transition refuses is said on the form with status 422; a form sent twice leads to the first
    result. A number that no page has shown back yet is shown, and nothing is saved. `typed` is the
    text kept on this page while it is written; what is sent is no longer kept.
    """
    if request.method == "POST" and form.is_valid() and not _is_unread(form):
        try:
            with transaction.atomic():
                submission = (
                    send_once(request.user, form.cleaned_data["token"])
                    if "token" in form.cleaned_data
                    else None
                )
                result = act(form.cleaned_data)
                url = success_url(result) if callable(success_url) else success_url
                if submission is not None:
                    submission.result_url = url[:300]
                    submission.save()
                if typed is not None:
                    typed.forget()
        except AlreadySent as sent:
            return redirect(sent.result_url or context.get("back_url") or "start")
        except IntegrityError as error:
            if not is_refusal(error):
                raise
            form.add_error(
                None,
                _("The person has just been merged with another registration. Search again."),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            add_errors(form, error)
        else:
            text = message(result) if callable(message) else message
            if text:
                messages.success(request, text)
            return redirect(url)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form, "typed": typed}, status=status)


def _is_unread(form: forms.Form) -> bool:
    if not isinstance(form, ReadBackForm) or form.read_back is None:
        return False
    return form.read_back.is_unread


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Put what a transition's check found beside the fields, the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)
