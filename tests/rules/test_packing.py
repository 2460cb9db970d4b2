"""Frames as bytes: they come back as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.model import Snapshot
from collector.rules.packing import pack, unpack
from collector.rules.snapshots import item_keys, read_snapshot, snapshot_of
from tests.book import Rows, assessed
from tests.rules.test_conduct import HEAD, row

DAY = date(2026, 11, 20)
ROWS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.sampled_from(["USD", "人民币", ""]),
        st.integers(-(2**62), 2**62),
        st.integers(-99, 99),
        st.booleans(),
        st.dates(date(1700, 1, 1), date(2200, 1, 1)) | st.none(),
        st.floats(allow_nan=False),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_every_column_comes_back_as_it_was(rows: list[tuple[object, ...]]) -> None:
    kinds = ["str", "str", "int64", "int64", "bool", "datetime64[ns]", "float64"]
    frame = pd.DataFrame(rows, columns=list("abcdefg"))
    frame = frame.astype(dict(zip("abcdefg", kinds, strict=True)))
    found = unpack(pack({"one": frame, "two": frame.iloc[:1]}), "one")
    assert list(found) == ["one"]
    pd.testing.assert_frame_equal(found["one"], frame, check_index_type=False)


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not packed"):
        unpack(b"something else", "one")


def test_a_snapshot_has_the_open_items_and_how_old_the_oldest_is() -> None:
    late = DAY - timedelta(days=40)
    tab: Rows = [HEAD, row(1, "Acme", late, 100), row(2, "Acme", late, 50, 3),
                 row(3, "Bolt", DAY, -20)]  # fmt: skip
    packed = snapshot_of(assessed(tab, DAY))
    kept = read_snapshot(Snapshot(DAY, "run", packed))
    assert kept.items["balance"].tolist() == [10_000, -2_000]
    assert kept.customers["oldest_overdue"].to_dict() == {"acme": 40, "bolt": 0}
    assert kept.customers.loc["acme", "credit_flag"] == "watch"
    again = snapshot_of(assessed(tab, DAY + timedelta(days=1)))
    assert again == packed  # another day alone is no other snapshot


def test_rows_without_a_number_are_known_by_their_day_and_amount() -> None:
    head = [name for name in HEAD if name != "Invoice"]
    late = DAY - timedelta(days=40)
    rows = [row(0, "Acme", late, 100)[1:], row(0, "Acme", late, 100)[1:],
            row(0, "Acme", DAY, 100)[1:]]  # fmt: skip
    keys = item_keys(assessed([head, *rows], DAY).invoices)
    assert keys.is_unique
