"""Charts as inline SVG: bars, stacked bars and lines, drawn to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH = 480
_LINE = 30
_LEFT = 70
_RIGHT = 124
_LONGEST = 36


def bars(
    labels: Sequence[str], amounts: Sequence[int], texts: Sequence[str], colours: Sequence[str]
) -> str:
    """Return horizontal bars, each with its label before and its text behind it."""
    most = max([abs(amount) for amount in amounts], default=0) or 1
    room = _WIDTH - _LEFT - _RIGHT
    parts = []
    for place, (label, amount, text, colour) in enumerate(
        zip(labels, amounts, texts, colours, strict=True)
    ):
        y, width = place * _LINE, abs(amount) * room / most
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 19}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{_LEFT}" y="{y + 5}" width="{width:.1f}" height="20" fill="{colour}"/>'
            f'<text x="{_LEFT + width + 6:.1f}" y="{y + 19}">{escape(text)}</text>'
        )
    return _svg("".join(parts), len(labels) * _LINE)


def stacked(
    labels: Sequence[str],
    parts: Sequence[tuple[int, int]],
    texts: Sequence[str],
    colours: tuple[str, str],
) -> str:
    """Return horizontal bars of two parts; the label stands above its bar, so it may be long."""
    most = max([max(a, 0) + max(b, 0) for a, b in parts], default=0) or 1
    line, room = 40, _WIDTH - _RIGHT
    drawn = []
    for place, (label, pair, text) in enumerate(zip(labels, parts, texts, strict=True)):
        y, x = place * line, 0.0
        name = label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
        drawn.append(f'<text x="0" y="{y + 14}">{escape(name)}</text>')
        for amount, colour in zip(pair, colours, strict=True):
            width = max(amount, 0) * room / most
            drawn.append(
                f'<rect x="{x:.1f}" y="{y + 19}" width="{width:.1f}" height="14" fill="{colour}"/>'
            )
            x += width
        drawn.append(f'<text x="{x + 6:.1f}" y="{y + 31}">{escape(text)}</text>')
    return _svg("".join(drawn), len(labels) * line)


def lines(
    labels: Sequence[str],
    series: Sequence[tuple[Sequence[int], str]],
    *,
    scale: int,
    band: Sequence[tuple[int, int]] = (),
) -> str:
    """Return lines over equal steps, with a band behind them; ``scale`` divides the amounts."""
    if not labels:
        return ""
    height, bottom, left, right = 220, 26, 52, 14
    every = [value for values, _ in series for value in values] + [high for _, high in band]
    step = _nice(max(every, default=0) / scale)
    top = step * 4
    across = (_WIDTH - left - right) / max(len(labels) - 1, 1)

    def at(place: int, amount: float) -> str:
        y = (height - bottom) - amount / scale / top * (height - bottom - 10)
        return f"{left + place * across:.1f},{y:.1f}"

    parts = []
    for mark in range(5):
        y = float(at(0, mark * step * scale).split(",")[1])
        parts.append(
            f'<line x1="{left}" x2="{_WIDTH - right}" y1="{y}" y2="{y}" stroke="var(--line)"/>'
            f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{_short(mark * step)}</text>'
        )
    every_other = 1 + len(labels) // 7
    for place in range(len(labels) - 1, -1, -every_other):
        x = left + place * across
        anchor = "end" if place == len(labels) - 1 else "middle"
        parts.append(
            f'<text x="{x + (14 if anchor == "end" else 0):.1f}" y="{height - 6}" '
            f'text-anchor="{anchor}">{escape(labels[place])}</text>'
        )
    if band:
        upper = [at(place, high) for place, (_, high) in enumerate(band)]
        lower = [at(place, low) for place, (low, _) in enumerate(band)]
        shape = " ".join([*upper, *reversed(lower)])
        parts.append(f'<polygon points="{shape}" fill="var(--pale)"/>')
    for values, colour in series:
        points = " ".join(at(place, value) for place, value in enumerate(values))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    return _svg("".join(parts), height)


def _nice(most: float) -> float:
    """Return a round quarter of an axis that reaches over the largest amount."""
    if most <= 0:
        return 1
    power = 10.0 ** (len(str(int(most / 4))) - 1) if most >= 4 else 0.25
    return next(n * power for n in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if n * power * 4 >= most)


def _short(amount: float) -> str:
    for size, mark in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if amount >= size:
            return f"{amount / size:g}{mark}"
    return f"{amount:g}"


def _svg(inner: str, height: float) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img">{inner}</svg>'
