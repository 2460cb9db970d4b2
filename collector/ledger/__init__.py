"""What was said to whom, and what was written where; its schema keeps the promises."""

from __future__ import annotations

from collector.ledger.store import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
