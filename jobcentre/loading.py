"""What a long-lived process does once, when it has started."""

import gc

from django.urls import get_resolver


def settle() -> None:
    """Read in every page now, and keep what is read in out of the collector's rounds.

    Modules, models and addresses are half a million objects that live as long as the process; each
    full collection would look at all of them, a tenth of a second in the middle of a request.
    """
    get_resolver().url_patterns  # noqa: B018  reading them imports the views
    gc.collect()
    gc.freeze()
