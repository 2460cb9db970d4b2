"""The command for balance confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector.cli.options import (
    DEFAULT_CONFIG,
    AsOf,
    ConfigPath,
    Json,
    Quiet,
    opened,
    read_config,
)
from collector.cli.output import print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.model import Confirmation, Confirmed


class Answer(StrEnum):
    """What became of a balance confirmation."""

    sent = "sent"
    agreed = "agreed"
    differs = "differs"
    returned = "returned"


def confirm(
    customer: Annotated[str | None, typer.Argument(help="A customer's name or code.")] = None,
    state: Annotated[Answer | None, typer.Argument(help="What became of the letter.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the letter here.")] = None,
    reply_by: Annotated[
        datetime | None, typer.Option("--reply-by", formats=["%Y-%m-%d"], help="In two weeks.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="To remember with the state.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Balance confirmations: draw one up (--out), record what became of it, or list them."""
    settings = read_config(config)
    from collector.worker.confirming import draw_confirmation, record_confirmation

    silent = quiet or json
    drawn, paths, done = None, [], None
    with opened(settings, as_of, quiet=silent, read_only=state is None) as job:
        if customer and out:
            drawn = draw_confirmation(job, customer, reply_by.date() if reply_by else None)
            paths = _write(drawn, settings, out)
        if customer and state:
            done = record_confirmation(job, customer, state.value, note)
        known = [done] if done else job.ledger.confirmations(job.policy.book)
    if json:
        print_json(_json(drawn, paths, known))
        return
    for path in paths:
        tell(path, quiet=quiet)
    for each in known if done or not paths else ():
        tell(_line(each, settings.language), quiet=quiet)


def _write(drawn: Confirmation, settings: Config, out: Path) -> list[str]:
    from collector.cli.desk import write_files
    from collector.letters.confirmation import confirmation_file

    file = confirmation_file(drawn, settings.sender())
    return write_files(out, {file.name: file.content})


def _line(each: Confirmed, words: str) -> str:
    state = say(words, f"confirmation_{each.state}")
    note = f" ({each.note})" if each.note else ""
    return f"{each.as_of}  {each.customer}  {state}{note}"


def _json(
    drawn: Confirmation | None, paths: Sequence[str], known: Sequence[Confirmed]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "files": list(paths),
        "confirmations": [
            {"customer": each.customer, "as_of": each.as_of.isoformat(), "state": each.state,
             "note": each.note, "changed_at": each.changed_at.isoformat()}
            for each in known
        ],
    }  # fmt: skip
    if drawn:
        found["balances"] = {currency: str(amount) for currency, amount in drawn.balances}
        found["reply_by"] = drawn.reply_by.isoformat()
    return found
