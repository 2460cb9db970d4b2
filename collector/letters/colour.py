"""The company's one colour, kept readable on white and on a dark ground."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

OURS: Final = "#14506b"
_WHITE: Final = (255, 255, 255)
_DARK: Final = (30, 37, 43)
# The contrast that small text needs (WCAG 2, level AA).
_ENOUGH: Final = 4.5
_STEPS: Final = 40

Rgb = tuple[int, int, int]


@lru_cache
def on_white(accent: str) -> str:
    """Return a colour ``#rrggbb``, darkened until it can be read on white; '' is ours."""
    return _readable(accent or OURS, _WHITE, (0, 0, 0))


@lru_cache
def on_dark(accent: str) -> str:
    """Return a colour ``#rrggbb``, lightened until it can be read on a dark ground."""
    return "#8fcbe6" if not accent else _readable(accent, _DARK, _WHITE)


def _readable(accent: str, ground: Rgb, towards: Rgb) -> str:
    start = tuple(int(accent[at : at + 2], 16) for at in (1, 3, 5))
    for step in range(_STEPS + 1):
        red, green, blue = (
            (own * (_STEPS - step) + end * step) // _STEPS
            for own, end in zip(start, towards, strict=True)
        )
        if _contrast((red, green, blue), ground) >= _ENOUGH:
            break
    return f"#{red:02x}{green:02x}{blue:02x}"


def _contrast(one: Rgb, other: Rgb) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
