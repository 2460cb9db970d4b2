"""``python -m collector``."""

from __future__ import annotations

from collector.cli import main

main()
