"""Errors named for what the caller can do about them; every message names the mend."""

from __future__ import annotations


class LuruskanError(Exception):
    """Anything a person can mend; the command line prints it as one line."""

    exit_code = 1


class SettingsError(LuruskanError):
    """A setting is missing, unknown or wrong: correct the file or the variable it names."""

    exit_code = 2


class BadInputError(LuruskanError):
    """What was given cannot be read: correct it and try again."""

    exit_code = 2


class StoreError(LuruskanError):
    """The index could not do what was asked."""


class StoreUnavailableError(StoreError):
    """The index is away: an outage, never an empty answer; try again later."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h: a cron job may simply run again


class StoreVersionError(StoreError):
    """The index was written by a newer version: upgrade the program."""


class StoreFullError(StoreError):
    """The disk is full: make room, then run again; nothing half-written was kept."""


class VersionConflictError(StoreError):
    """Somebody else wrote first: read again, then decide again."""


class DimensionMismatchError(StoreError):
    """Vectors of another encoder: assess again or name the encoder that made them."""


class ArtefactError(LuruskanError):
    """A model file is missing, changed or made for something else: train again or restore it."""
