"""Documents to JSON and back, checked at the border."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from indices.errors import BadInputError

Document = TypeVar("Document")


_EXPECTED = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "finite": "a number",
    "bool": "true or false",
    "datetime": "a time like 2026-11-16T09:00:00Z",
    "timezone": "a time like 2026-11-16T09:00:00Z",
    "tuple": "a list",
    "list": "a list",
    "dict": "an object",
    "mapping": "an object",
    "dataclass": "an object",
}
_WORDS = {
    "missing": "is missing; expected a value",
    "missing_argument": "is missing; expected a value",
    "missing_keyword_only_argument": "is missing; expected a value",
    "unexpected_keyword_argument": "is unknown; leave it out or upgrade Luruskan",
}
_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(document_type: Any) -> TypeAdapter[Any]:
    if document_type not in _adapters:
        _adapters[document_type] = TypeAdapter(document_type)
    return _adapters[document_type]


def document_to_dict(document: object) -> dict[str, Any]:
    """A JSON-ready dict: datetimes ISO 8601 in UTC, enums by value, tuples as lists."""
    values: dict[str, Any] = _adapter(type(document)).dump_python(document, mode="json")
    return values


def document_from_dict(document_type: type[Document], values: object) -> Document:
    """The document, or BadInputError that names the first wrong field."""
    try:
        document: Document = _adapter(document_type).validate_python(values)
    except ValidationError as error:
        raise _described(document_type, error) from error
    return document


def document_to_json(document: object) -> str:
    """One line of JSON, keys in field order."""
    return _adapter(type(document)).dump_json(document).decode()


def document_from_json(document_type: type[Document], line: str | bytes) -> Document:
    """The document of one JSON text, or BadInputError that names the first wrong field."""
    try:
        document: Document = _adapter(document_type).validate_json(line)
    except ValidationError as error:
        raise _described(document_type, error) from error
    return document


def json_line(values: object) -> str:
    """Plain values as one line of JSON that keeps Indonesian readable."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _described(document_type: type[object], error: ValidationError) -> BadInputError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join((document_type.__name__, *(str(part) for part in first["loc"])))
    return BadInputError(f"{place}: {_in_words(first)}")


def _in_words(found: ErrorDetails) -> str:
    kind = found["type"]
    if kind == "enum":
        return f"expected one of {found['ctx']['expected']}"
    if kind in _WORDS:
        return _WORDS[kind]
    name = kind.partition("_")[0]
    return f"expected {_EXPECTED[name]}" if name in _EXPECTED else "expected another value"
