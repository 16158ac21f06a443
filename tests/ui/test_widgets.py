"""Our own short templates of Django's widgets say the same as Django's."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase

CHOICES = [("", "Välj"), ("a", "Å & Ä"), ("Grupp", [("b", "<b>"), (3, "tre")])]


class Widgets(SimpleTestCase):
    def same(self, widget, value, attrs):
        ours = widget.render("fält", value, attrs)
        theirs = widget.render("fält", value, attrs, renderer=DjangoTemplates())
        self.assertHTMLEqual(ours, theirs)
        assert "fält" in ours

    def test_a_select_with_groups_chosen_and_escaped_words(self):
        attrs = {"id": "id_f", "required": True, "disabled": False, "data-x": 'a"b'}
        for value in ("", "a", "3"):
            self.same(forms.Select(choices=CHOICES), value, attrs)
        self.same(forms.SelectMultiple(choices=CHOICES), ["a", "b"], attrs)

    def test_other_widgets_take_their_attributes_from_the_same_place(self):
        attrs = {"id": "id_f", "required": True, "maxlength": 20, "class": "form-control"}
        self.same(forms.TextInput(), 'å"<', attrs)
        self.same(forms.Textarea(), "en\n<två>", attrs)
        self.same(forms.RadioSelect(choices=CHOICES[:2]), "a", attrs)
        self.same(forms.CheckboxInput(), True, attrs)
