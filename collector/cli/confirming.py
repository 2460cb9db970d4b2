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
from collector.errors import UsageError
from collector.phrases import Phrase, say

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
    send: Annotated[bool, typer.Option("--send", help="Mail it with the next run.")] = False,
    reply_by: Annotated[
        datetime | None, typer.Option("--reply-by", formats=["%Y-%m-%d"], help="In two weeks.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="To remember with the state.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Balance confirmations: draw one up (--out), mail it (--send), record what became, or list."""
    settings = read_config(config)
    from collector.worker.confirming import (
        ask_to_send,
        confirmations,
        customer_names,
        draw_confirmation,
        record_confirmation,
    )

    if send and state:
        raise UsageError(Phrase("usage_send_alone"))
    silent = quiet or json
    drawn, paths, done = None, [], None
    answer_by = reply_by.date() if reply_by else None
    with opened(settings, as_of, quiet=silent, read_only=not (state or send)) as job:
        if customer and out:
            drawn = draw_confirmation(job, customer, answer_by)
            paths = _write(drawn, settings, out)
        if customer and send:
            done = ask_to_send(job, customer, answer_by)
        if customer and state:
            done = record_confirmation(job, customer, state.value, note)
        known = [done] if done else confirmations(job)
        named = list(zip(customer_names(job, known), known, strict=True))
    if json:
        print_json(_json(drawn, paths, named))
        return
    for path in paths:
        tell(path, quiet=quiet)
    for name, each in named if done or not paths else ():
        tell(_line(name, each, settings), quiet=quiet)


def _write(drawn: Confirmation, settings: Config, out: Path) -> list[str]:
    from collector.cli.desk import write_files
    from collector.letters.confirmation import confirmation_file

    file = confirmation_file(drawn, settings.sender())
    return write_files(out, {file.name: file.content})


def _line(name: str, each: Confirmed, settings: Config) -> str:
    words = settings.language
    if each.state == "asked":
        mode = settings.policy().mode
        facts = {"customer": name, "as_of": each.as_of, "note": each.note, "mode": mode}
        return say(words, "confirmation_goes", **facts)
    state = say(words, f"confirmation_{each.state}")
    note = f" ({each.note})" if each.note else ""
    return f"{each.as_of}  {name}  {state}{note}  {each.changed_at:%Y-%m-%d}"


def confirmed_json(each: Confirmed) -> dict[str, str]:
    """Return what became of a confirmation as JSON."""
    return {
        "customer": each.customer,
        "as_of": each.as_of.isoformat(),
        "state": each.state,
        "note": each.note,
        "changed_at": each.changed_at.isoformat(),
    }


def _json(
    drawn: Confirmation | None, paths: Sequence[str], named: Sequence[tuple[str, Confirmed]]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "files": list(paths),
        "confirmations": [confirmed_json(each) | {"name": name} for name, each in named],
    }
    if drawn:
        found["balances"] = {currency: str(amount) for currency, amount in drawn.balances}
        found["reply_by"] = drawn.reply_by.isoformat()
    return found
