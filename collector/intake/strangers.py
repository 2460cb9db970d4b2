"""Codes and addresses that join customers who are strangers to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, Complaint
from collector.intake.complaints import Complaints
from collector.intake.customers import distinct_pairs
from collector.intake.lookalikes import name_parts
from collector.intake.region import Region


def complain_of_strangers(
    region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> None:
    """Complain of rows whose code stands for names that have nothing in common.

    A slip or a placeholder (0, new) would send one customer's letter to the other.
    """
    if not {"customer", "customer_id"} <= region.columns.keys():
        return
    coded = wanted & (read["code"] != "").to_numpy(dtype=np.bool_)
    named = coded & region.columns["customer"].filled
    pairs, _ = distinct_pairs(read["customer"][named], read["customer_name"][named])
    names: dict[str, list[str]] = {}
    for key, name in pairs:
        names.setdefault(key, []).append(name)
    apart = {key: other for key, found in names.items() if (other := _stranger(found))}
    if not apart:
        return
    keys = read["customer"]
    for at in np.flatnonzero(named & keys.isin(apart).to_numpy(dtype=np.bool_)).tolist():
        first, second = apart[keys.iloc[at]]
        facts = {"code": keys.iloc[at], "first": first, "second": second}
        complaints.add("customer_id", {at: Complaint("problem_code_shared", facts)}, "customer")


def _stranger(names: list[str]) -> tuple[str, str] | None:
    """Return the first name and one that shares no part with it, None where all do."""
    parts = name_parts(names[0])
    other = next((name for name in names[1:] if not parts & name_parts(name)), None)
    return (names[0], other) if other and parts and name_parts(other) else None


def complain_of_own_addresses(
    region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> None:
    """Complain of addresses that go with who looks after a customer, not with the customer.

    Each owner has one address, which several customers share.
    """
    if not {"owner", "email"} <= region.columns.keys():
        return
    rows = wanted & (read["email"] != "").to_numpy() & (read["owner"] != "").to_numpy()
    rows &= (read["customer"] != "").to_numpy()
    frame = pd.DataFrame({n: read[n][rows].to_numpy() for n in ("owner", "email", "customer")})
    frame = frame.drop_duplicates()
    owners, emails, customers = (frame[name].nunique() for name in ("owner", "email", "customer"))
    one_each = len(frame[["owner", "email"]].drop_duplicates()) == owners == emails
    shared = frame.groupby("email")["customer"].nunique().gt(1)
    if not (one_each and emails > 1 and customers > emails and shared.any()):
        return
    said = Complaint("problem_owner_address", {"heading": region.table.headings["owner"]})
    complaints.add("email", dict.fromkeys(np.flatnonzero(rows).tolist(), said), "customer")
