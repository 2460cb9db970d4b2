"""Where rows are now: told by what the team has in them, never by a remembered number."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from collector.sheets.google.reading import Raw, Rows, teams

Row = tuple[Raw, ...]


def moved(before: Rows, now: Rows, owned: Mapping[str, int]) -> dict[int, int]:
    """Return by zero-based row of ``before`` where it stands in ``now``, as far as it is there.

    Rows alike in every cell of the team's are taken in their order.
    """
    old, new = teams(before, owned), teams(now, owned)
    if old == new:
        return {row: row for row in range(len(old))}
    left: dict[Row, deque[int]] = defaultdict(deque)
    for number, row in enumerate(new):
        left[row].append(number)
    found = {}
    for number, row in enumerate(old):
        if left[row]:
            found[number] = left[row].popleft()
    return found


def only_sorted(before: Rows, now: Rows, owned: Mapping[str, int]) -> dict[int, int] | None:
    """Return where the rows went when they only changed places, None when anything else did.

    Also None for rows alike in every cell that are not beside each other in the same order
    before and after: nobody could tell which is which.
    """
    old, new = teams(before, owned), teams(now, owned)
    if len(old) != len(new):
        return None
    found = moved(before, now, owned)
    if len(found) != len(old):
        return None
    twins = _twins(old)
    return None if any(found[row] != row for row in twins) else found


def _twins(rows: Sequence[Row]) -> list[int]:
    seen: dict[Row, int] = {}
    for row in rows:
        seen[row] = seen.get(row, 0) + 1
    return [number for number, row in enumerate(rows) if row and seen[row] > 1]
