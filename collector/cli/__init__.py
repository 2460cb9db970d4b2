"""Arguments, printing, the clock: the command line, its commands in files of their own."""

from __future__ import annotations

import os
import sys
import traceback

import typer

from collector.cli import book, confirming, daily, desk, figures, init, trial
from collector.cli.letters import letters
from collector.cli.output import print_any_letter, say_error

app = typer.Typer(
    name="collector",
    help="The worker beside your receivables sheet: marks what is overdue, reminds once.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    trial.demo, init.init, book.check, daily.preview, daily.run, daily.work,
    figures.report, figures.simulate, figures.backtest,
    desk.statement, confirming.confirm, desk.approve, desk.doubts, desk.adopt, desk.log, desk.undo,
):  # fmt: skip
    app.command()(command)
app.add_typer(letters)


def main() -> None:
    """Run the command line; every failure is one or two lines on stderr and an exit status."""
    from collector.errors import CollectorError

    print_any_letter()
    try:
        app(prog_name="collector")
    except CollectorError as error:
        say_error(error)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 – the last line of defence: never a traceback
        sys.exit(_unforeseen(error))


def _unforeseen(error: Exception) -> int:
    if os.environ.get("COLLECTOR_DEBUG"):
        traceback.print_exc()
    print(
        f"collector: something unforeseen went wrong: {type(error).__name__}: {error}\n"
        "What was sent is in the ledger; run again. COLLECTOR_DEBUG=1 shows the details.",
        file=sys.stderr,
    )
    return 1
