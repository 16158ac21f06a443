"""The plan on paper: plain Swedish, and beside it the same in another language."""
