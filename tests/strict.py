"""What tests do not let pass although Django would: a template that names a variable nobody gives,
and a list cut out of rows without an order.
"""

import site
from pathlib import Path

import django
from django.db.models.query import QuerySet
from django.template.base import FilterExpression, Parser, VariableDoesNotExist
from django.templatetags.i18n import BlockTranslateNode

_FOREIGN = (str(Path(django.__file__).parent), *site.getsitepackages())
# Filters that say what stands there when nobody gives the variable.
_ANSWERED_BY = {"default"}


class UndefinedVariable(AssertionError):
    """A template of ours prints or passes on a variable that its context does not have.

    `{% if x %}` and `{% for y in x %}` may ask for what is not there, as in Django; so may
    `{{ x|default:"..." }}`.
    """


class UnorderedSlice(AssertionError):
    """Rows are cut or picked by position without an order: another run may give others."""


def install(patch) -> None:
    """Make both fail from now on; `patch` is a pytest.MonkeyPatch, which also undoes it."""
    patch.setattr(Parser, "compile_filter", _compile)
    patch.setattr(BlockTranslateNode, "render", _naming(BlockTranslateNode.render))
    patch.setattr(QuerySet, "__getitem__", _ordered(QuerySet.__getitem__))


def _compile(parser, token):
    template_name = str(getattr(parser.origin, "name", None) or "a template")
    if template_name.startswith(_FOREIGN):
        return FilterExpression(token, parser)
    expression = _Demanding(token, parser)
    expression.template_name = template_name
    return expression


class _Demanding(FilterExpression):
    """An expression of a template of ours, whose variable has to be there."""

    __slots__ = ("template_name",)

    def resolve(self, context, ignore_failures=False):
        if not self.is_var:
            return super().resolve(context, ignore_failures)
        try:
            given = self.var.resolve(context)
        except VariableDoesNotExist:
            answered = self.filters and self.filters[0][0].__name__ in _ANSWERED_BY
            if not ignore_failures and not answered:
                raise UndefinedVariable(f"{{{{ {self.token} }}}} in {self.template_name}") from None
            return super().resolve(context, ignore_failures)
        # The value is found once: asking again would run its queries again.
        found = FilterExpression.__new__(FilterExpression)
        found.token, found.filters, found.var, found.is_var = self.token, self.filters, given, False
        return found.resolve(context, ignore_failures)


def _naming(original):
    def render(self, context, nested=False):
        named = {token.contents for token in (*self.singular, *(self.plural or ()))
                 if token.token_type.name == "VAR"}  # fmt: skip
        given = {*self.extra_context, *({self.countervar} if self.countervar else ())}
        missing = {name for name in named - given if name not in context}
        if missing:
            raise UndefinedVariable(f"{sorted(missing)} in a blocktranslate: {self.singular}")
        return original(self, context, nested)

    return render


def _ordered(original):
    def getitem(self, key):
        # Rows that have been read are a list; only the database may give them in any order.
        if self._result_cache is None and not self.ordered:
            raise UnorderedSlice(f"{self.model.__name__}: {self.query}")
        return original(self, key)

    return getitem
