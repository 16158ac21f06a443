"""A process that has started no longer looks through what it has read in."""

import gc

from jobcentre.loading import settle


def test_what_is_read_in_is_kept_out_of_the_rounds():
    before = gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > before + 100_000
    finally:
        gc.unfreeze()
