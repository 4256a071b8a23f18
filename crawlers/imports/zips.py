"""What reading a broken or unusual zip file can raise: the library has no one error for it."""

from __future__ import annotations

import struct
import zipfile
import zlib

BROKEN_INSIDE = (
    zipfile.BadZipFile,
    RuntimeError,  # a password, or a version or packing that nobody reads (NotImplementedError)
    EOFError,
    zlib.error,
)
"""Of a part that is being read."""
BROKEN_ZIP = (
    *BROKEN_INSIDE,
    ValueError,  # names that are no text, negative sizes
    OverflowError,
    struct.error,
)
"""Of the list of parts."""
