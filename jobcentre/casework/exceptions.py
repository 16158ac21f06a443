"""What stops a transition beside lacking rights (PermissionDenied) and wrong fields
(ValidationError)."""


class Refused(Exception):
    """The move is not possible now; the text says why in the user's language."""


class Occupied(Refused):
    """Somebody has a meeting at the time that was asked for."""


class Conflict(Refused):
    """Somebody else has changed the row since it was opened; nothing was saved."""


class AlreadySent(Exception):
    """The same form was sent before; `result_url` is where the first sending led."""

    def __init__(self, result_url: str):
        super().__init__(result_url)
        self.result_url = result_url
