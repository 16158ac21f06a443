"""`{{ person.first_language|in_words }}`: a language in the language of the page."""

from django import template

from jobcentre.casework.languages import said

register = template.Library()
register.filter("in_words", said)
