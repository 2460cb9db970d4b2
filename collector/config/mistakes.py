"""What is wrong with a value, and from what pydantic found to sentences with an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from collector.config.source import Address, Mistake

_CODES: Final = {
    "missing": "config_required",
    "extra_forbidden": "config_unknown_key",
    "string_type": "config_text",
    "bool_parsing": "config_flag",
    "bool_type": "config_flag",
    "int_parsing": "config_whole_number",
    "int_parsing_size": "config_whole_number",
    "int_type": "config_whole_number",
    "float_parsing": "config_number",
    "float_type": "config_number",
    "finite_number": "config_number",
    "decimal_parsing": "config_number",
    "decimal_type": "config_number",
    "greater_than_equal": "config_at_least",
    "greater_than": "config_more_than",
    "less_than_equal": "config_at_most",
    "literal_error": "config_choice",
    "tuple_type": "config_list",
    "too_short": "config_list",
    "model_type": "config_mapping",
    "dict_type": "config_mapping",
}
_WITH_NEAREST: Final = {
    "config_unknown_key": "config_unknown_key_near",
    "config_choice": "config_choice_near",
    "config_timezone": "config_timezone_near",
}
_LONGEST: Final = 40


def wrong(code: str, *inside: str | int, **facts: object) -> PydanticCustomError:
    """Return the error for a value; ``inside`` leads to the part of it that is wrong."""
    return PydanticCustomError(code, "wrong", {"inside": inside, **facts})


def nearest(value: str, choices: Iterable[str]) -> dict[str, str]:
    """Return the facts ``choices``, and ``nearest`` of them ('' when none is near)."""
    folded = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
    return {
        "nearest": folded[close[0]] if close else "",
        "choices": ", ".join(folded.values()),
    }


def mistakes(error: ValidationError, model: type[BaseModel]) -> Iterator[Mistake]:
    """Yield a mistake for everything that pydantic found wrong with the values of a model."""
    for found in error.errors(include_url=False):
        yield _mistake(found, model)


def _mistake(found: ErrorDetails, model: type[BaseModel]) -> Mistake:
    # `from` is a word of Python's, so its field is `from_`.
    address = tuple("from" if part == "from_" else part for part in found["loc"] if part != "[key]")
    code = _CODES.get(found["type"], found["type"])
    facts: dict[str, Any] = {"value": shown(found["input"]), **found.get("ctx", {})}
    facts["limit"] = next((facts[name] for name in ("ge", "gt", "le") if name in facts), "")
    if code == "config_unknown_key":
        facts |= _nearest_key(str(address[-1]), address[:-1], model)
    if found["type"] == "literal_error":
        facts |= nearest(str(found["input"]), re.findall(r"'([^']*)'", facts["expected"]))
    if facts.get("nearest"):
        code = _WITH_NEAREST.get(code, code)
    return Mistake((*address, *facts.pop("inside", ())), code, facts)


def shown(value: object) -> str:
    """Return a value as a sentence shows it: shortened, lists and mappings only hinted at."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    if not isinstance(value, str) or re.fullmatch(r"[-+]?[\d.]+", value):
        return "null" if value is None else str(value)
    return f'"{value[:_LONGEST]}…"' if len(value) > _LONGEST else f'"{value}"'


def keys(model: type[BaseModel], address: Address = ()) -> Iterator[Address]:
    """Yield the address of every key that a model knows; those of list entries without index."""
    for name, info in model.model_fields.items():
        inner = (*address, info.alias or name)
        yield inner
        for section in _sections(info.annotation):
            yield from keys(section, inner)


def _sections(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _sections(part)


def _nearest_key(key: str, address: Address, model: type[BaseModel]) -> dict[str, str]:
    section = tuple(part for part in address if isinstance(part, str))
    everywhere = list(keys(model))
    here = nearest(key, (str(known[-1]) for known in everywhere if known[:-1] == section))
    elsewhere = [".".join(map(str, known)) for known in everywhere if known[-1] == key]
    if not here["nearest"] and elsewhere:  # the right key in the wrong section
        here["nearest"] = elsewhere[0]
    return here
