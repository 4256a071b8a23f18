"""Why the desk refuses; each message says what to do instead, in the interface's language."""

from __future__ import annotations

from indices.errors import LuruskanError


class DeskError(LuruskanError):
    """The desk will not do this; the message is a msgid that the page translates."""


class GuardError(DeskError):
    """One of the guards stands in the way: change what it names."""


class NotAllowedError(DeskError):
    """This role may not do this: ask somebody who may."""


class StaleEditError(DeskError):
    """Somebody else changed it meanwhile: read again, then decide again."""


class WrongStateError(DeskError):
    """It is not at the point where this can be done."""


class AccountError(DeskError):
    """An account cannot be made or changed as asked."""
