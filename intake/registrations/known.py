"""A form that asks, before anything is saved, who of those registered already the person may be.

For those who may know that somebody is registered and no more (a referral in, the outreach
register) or who see no cards (a ticket without a name): a name, a birth year and the likeness.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import may_ever
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.duplicates import Likeness, alike, facts_from
from jobcentre.casework.enums import PairAnswer, Protection
from jobcentre.casework.fields import ReadBackForm
from jobcentre.casework.likeness import Why
from jobcentre.casework.models import Person
from jobcentre.casework.transitions.merging import answer_pair
from jobcentre.ui.fields import DayField

SOMEBODY_ELSE = "new"


def protection_field() -> forms.ChoiceField:
    """Whether a new person has protected data; of one who is registered the manager says so."""
    return forms.ChoiceField(
        label=gettext_lazy("Protected identity"),
        choices=Protection.choices,
        initial=Protection.NONE,
        required=False,
        help_text=gettext_lazy(
            "A protected person stands on no board and in no queue. At first only you and the"
            " centre's manager see the person; the manager names the others."
        ),
    )


def birth_date_field() -> DayField:
    """For somebody whose number is not known: by it too the person is known again."""
    return DayField(
        label=gettext_lazy("Birth date"),
        required=False,
        latest_today=True,
        help_text=gettext_lazy("Only when the number is not known."),
    )


class OnePersonForm(ReadBackForm):
    """What forms about one person have in common: number and birth date agree, and it is asked who
    the person may be. The fields `identity`, `given_name` and `birth_date` are the form's own."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        identity, born = cleaned.get("identity"), cleaned.get("birth_date")
        if identity is not None and born is not None and identity.birth_date != born:
            self.add_error(
                "birth_date",
                _("The number says another birth date. Check both, or leave this empty."),
            )
        return cleaned

    def clean_protection(self):
        return self.cleaned_data["protection"] or Protection.NONE

    def ask(self, found: Sequence[Likeness]) -> None:
        """Ask who it is: those registered already whom the person may be, or somebody else. Whoever
        has the number is that person: then there is no other answer."""
        choices = [(str(each.person.ref), _who(each)) for each in found]
        if not any(each.has_number for each in found):
            choices.append((SOMEBODY_ELSE, _("Somebody else, a new person")))
        self.fields["known"] = forms.ChoiceField(
            label=_("May be registered already. Who is it?"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Say who it is.")},
        )
        self.order_fields(["known"])


def _who(like: Likeness) -> str:
    """A registration as the one who registers may know it, and why it is proposed."""
    person = like.person
    born = f"{person.birth_date:%Y}" if person.birth_date else ""
    return " · ".join(filter(None, (person.name, born, like.because)))


@dataclass(frozen=True)
class Asked:
    """A form with what was found of its person: `form` asks when somebody was found who is not
    certain, `same` is the certain one."""

    form: OnePersonForm
    found: Sequence[Likeness]
    same: Person | None = None

    def chosen(self, data: dict) -> Person | None:
        """The registration that it is; None for a new person."""
        known = {str(each.person.ref): each.person for each in self.found}
        return self.same or known.get(data.get("known"))

    def part(self, person: Person, actor: User) -> None:
        """Keep the answer that a new person is none of those found, of users who keep such answers."""
        if may_ever(actor, "duplicates"):
            for each in self.found:
                answer_pair(person, each.person, PairAnswer.SEPARATE, actor=actor)


def ask_who(request: HttpRequest, make_form: Callable[[], OnePersonForm]) -> Asked:
    """The form that `make_form` gives, asking who it is when that has to be asked. What is shown is
    logged as a search; nothing is saved."""
    form = make_form()
    if request.method != "POST" or not form.is_valid():
        return Asked(form, ())
    data = form.cleaned_data
    names = ("given_name", "family_name", "birth_date", "phone")
    found = alike(
        request.user,
        facts_from({name: data[name] for name in names if name in data}, data["identity"]),
    )
    if not found:
        return Asked(form, ())
    log_list(request, [each.person.ref for each in found], access=Access.SEARCH)
    same = next((each.person for each in found if _is_certain(each, data["given_name"])), None)
    if same is None:
        form = make_form()
        form.ask(found)
    else:
        form.tell_who(same.name)
    return Asked(form, found, same)


def _is_certain(like: Likeness, given_name: str) -> bool:
    """The number and the name, or the number when no name was written: of a number beside another
    name it is asked, because a wrong figure in it would mean somebody else."""
    return like.has_number and (
        not given_name or bool({Why.NAME, Why.SOUND, Why.GIVEN} & set(like.why))
    )
