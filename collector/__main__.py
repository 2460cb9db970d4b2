"""The process: ``collector`` and ``python -m collector``."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

# What imports make stays; to look through it again and again for cycles finds nothing.
gc.set_threshold(50_000, 20, 50)
# numpy's matrix library keeps a thread a core spinning for work that never comes here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collector.cli import main  # noqa: E402


def process() -> NoReturn:
    """Run the command line and end the process with its status."""
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = 1
    # All files are closed and all is said. To give a large book's memory back cell by cell, only
    # for the process to end, would take as long as reading a quarter of it.
    os._exit(status if isinstance(status, int) else int(status is not None))


if __name__ == "__main__":
    process()
