"""The Sheets API's own description of itself, made strict: what is unknown there is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_TYPES = {"string": str, "boolean": bool, "object": dict, "array": list}
_TRUTHS = ("true", "false", "True", "False")


@cache
def discovery() -> Any:
    """Return the discovery document that comes with google-api-python-client."""
    place = files("googleapiclient") / "discovery_cache" / "documents" / "sheets.v4.json"
    return json.loads(place.read_text(encoding="utf-8"))


@cache
def method(name: str) -> Any:
    """Return the description of a method such as ``spreadsheets.values.batchGet``."""
    *resources, last = name.split(".")
    found = discovery()
    for resource in resources:
        found = found["resources"][resource]
    return found["methods"][last]


def faults(schema: str, value: object) -> list[str]:
    """Return what is wrong with a value of a schema, each with its place; none: it is sound."""
    return list(_object(discovery()["schemas"][schema], value, schema))


def query_faults(name: str, query: Mapping[str, list[str]]) -> list[str]:
    """Return what is wrong with the parameters in an address."""
    known = method(name)["parameters"] | discovery()["parameters"]
    found = []
    for key, values in query.items():
        about = known.get(key)
        if about is None or about.get("location") == "path":
            found.append(f"no parameter {key}")
        elif len(values) > 1 and not about.get("repeated"):
            found.append(f"{key} twice")
        elif about["type"] == "boolean" and any(value not in _TRUTHS for value in values):
            found.append(f"{key} is no truth value")
        elif any(value not in about.get("enum", values) for value in values):
            found.append(f"{key} is none of its values")
    return found


def _object(schema: Mapping[str, Any], value: object, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no object"
        return
    for name, each in value.items():
        about = schema.get("properties", {}).get(name)
        if about is None:
            yield f"{where} has no {name}"
        elif each is not None:  # which is as if it were not there; gspread sends some
            yield from _value(about, each, f"{where}.{name}")


def _value(about: Mapping[str, Any], value: object, where: str) -> Iterator[str]:
    kind = about.get("type", "any")
    if "$ref" in about:
        yield from _object(discovery()["schemas"][about["$ref"]], value, where)
    elif kind == "array":
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for each in value:
            yield from _value(about["items"], each, f"{where}[]")
    elif kind in ("integer", "number"):
        numbers = int if kind == "integer" else (int, float)
        if isinstance(value, bool) or not isinstance(value, numbers):
            yield f"{where} is no {kind}"
    elif kind in _TYPES and not isinstance(value, _TYPES[kind]):
        yield f"{where} is no {kind}"
    elif "enum" in about and value not in about["enum"]:
        yield f"{where} is none of its values"


def mask(fields: str) -> dict[str, Any]:
    """Return a field mask such as ``a,b(c,d.e)`` as a tree; an empty branch is everything."""
    tree, rest = _mask(fields)
    assert rest == "", f"fields: {rest}"
    return tree


def _mask(fields: str) -> tuple[dict[str, Any], str]:
    tree: dict[str, Any] = {}
    while True:
        end = next((at for at, c in enumerate(fields) if c in ",()"), len(fields))
        path, fields = fields[:end], fields[end:]
        inner: dict[str, Any] = {}
        if fields.startswith("("):
            inner, fields = _mask(fields[1:])
            assert fields.startswith(")"), "fields: no closing bracket"
            fields = fields[1:]
        branch = tree
        *above, last = path.split(".") if "." in path else path.split("/")
        for name in above:
            branch = branch.setdefault(name, {})
        branch.setdefault(last, {}).update(inner)
        if not fields.startswith(","):
            return tree, fields
        fields = fields[1:]


def mask_faults(schema: str, tree: Mapping[str, Any]) -> list[str]:
    """Return the fields of a mask that a schema does not have."""
    return list(_mask_faults(discovery()["schemas"][schema], tree, schema))


def _mask_faults(about: Mapping[str, Any], tree: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, inner in tree.items():
        found = about.get("properties", {}).get(name)
        if found is None:
            yield f"{where} has no {name}"
            continue
        target = found.get("items", found)
        if inner and "$ref" in target:
            yield from _mask_faults(
                discovery()["schemas"][target["$ref"]], inner, f"{where}.{name}"
            )


def masked(value: Any, tree: Mapping[str, Any]) -> Any:
    """Return of an answer only what a mask asks for."""
    if not tree:
        return value
    if isinstance(value, list):
        return [masked(each, tree) for each in value]
    return {name: masked(value[name], inner) for name, inner in tree.items() if name in value}
