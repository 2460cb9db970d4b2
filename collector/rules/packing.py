"""Frames as bytes and back, column by column: compact once deflated, and fast."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

_HEAD: Final = struct.Struct(">4sI")
_MARK: Final = b"CFR1"
# Texts that repeat are written once each; where most differ, that would only cost time.
_REPEATED: Final = 0.5
_DAY: Final = "datetime64[D]"


def pack(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Return frames of text, whole, decimal, yes/no and day columns as bytes; indexes are lost."""
    layout: dict[str, Any] = {}
    blocks: list[bytes] = []
    for name, frame in frames.items():
        columns = []
        for column in frame.columns:
            kind, facts, values = _column(frame[column])
            columns.append([str(column), kind, facts, values.dtype.str])
            blocks.append(values.tobytes())
        layout[name] = [len(frame), columns]
    head = json.dumps(layout, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([_HEAD.pack(_MARK, len(head)), head, *blocks])


def _column(values: pd.Series[Any]) -> tuple[str, Any, np.ndarray[Any, Any]]:
    """Return a column's kind, what its head must say, and its numbers."""
    kind = values.dtype.kind
    if kind == "M":
        days = values.to_numpy().astype(_DAY).astype("<i8")
        # What is no day is far out of any range of days.
        return "day", None, np.where(values.isna(), np.iinfo("<i4").min, days).astype("<i4")
    if kind == "b":
        return "flag", None, values.to_numpy(np.uint8)
    if kind == "f":
        return "real", None, values.to_numpy("<f8")
    if kind == "i":
        return "whole", None, _narrowed(values.to_numpy("<i8"))
    codes, texts = pd.factorize(values)
    if len(texts) > _REPEATED * len(values):
        return "text", values.tolist(), np.empty(0, "<i4")
    return "word", texts.tolist(), codes.astype("<i4")


def _narrowed(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    small = np.iinfo("<i4")
    fits = not len(values) or (values.min() > small.min and values.max() < small.max)
    return values.astype("<i4") if fits else values


def unpack(content: bytes, *wanted: str) -> dict[str, pd.DataFrame]:
    """Return the wanted ones of the frames packed; raises ValueError for other bytes."""
    mark, length = _HEAD.unpack_from(content)
    if mark != _MARK:
        raise ValueError("not packed here")
    layout = json.loads(content[_HEAD.size : _HEAD.size + length])
    place = _HEAD.size + length
    found = {}
    for name, (rows, columns) in layout.items():
        series: dict[str, Any] = {}
        for column, kind, facts, dtype in columns:
            count = 0 if kind == "text" else rows
            values = np.frombuffer(content, dtype, count, place)
            place += values.nbytes
            if name in wanted:
                series[column] = _values(kind, facts, values)
        if name in wanted:
            found[name] = pd.DataFrame(series, index=pd.RangeIndex(rows))
    return found


def _values(kind: str, facts: Any, values: np.ndarray[Any, Any]) -> Any:
    match kind:
        case "text":
            return pd.Series(facts, dtype="str")
        case "word":
            return pd.Series(np.array(facts, dtype=object)[values], dtype="str")
        case "day":
            none = values == np.iinfo("<i4").min
            days = np.where(none, 0, values).astype(_DAY).astype("datetime64[ns]")
            days[none] = np.datetime64("NaT")
            return days
        case "flag":
            return values.astype(bool)
        case "whole":
            return values.astype(np.int64)
    return values.astype(np.float64)
