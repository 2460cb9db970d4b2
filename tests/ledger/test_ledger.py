from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from collector.errors import AlreadyClaimedError, BookBusyError, DayFullError, LedgerError
from collector.ledger import Ledger, open_ledger
from collector.model import ColumnEdit, Message

BOOK = "receivables"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))
DAY = date(2026, 11, 20)
SPAWN = multiprocessing.get_context("spawn")


def message(number: int = 1, **facts: Any) -> Message:
    message: dict[str, Any] = {
        "message_id": f"<{number}@example.com>",
        "book": BOOK,
        "customer": "acme",
        "customer_name": "Acme 上海",
        "step": "first",
        "to": ("ap@acme.example",),
        "cc": (),
        "recipients": ("ap@acme.example", "archive@example.com"),
        "sender": "ar@example.com",
        "subject": "Invoice INV-1042",
        "occasions": (f"{BOOK}/acme/reminder/INV-{number}/2026-11-01/first",),
        "digest": f"d{number}",
        "content": b"Subject: hello\r\n\r\n.dot\r\n\x00",
        "as_of": DAY,
    }
    return Message(**message | facts)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'collector.db'}"
    return str(request.getfixturevalue("postgresql_url"))


# What is true of a file only.
of_a_file = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def ledger(url: str) -> Any:
    with open_ledger(url) as ledger:
        yield ledger


def add(ledger: Ledger, *messages: Message, **options: Any) -> None:
    ledger.add(messages, "2026-11-20-1", NOW, **options)


def send(ledger: Ledger, sent: Message) -> None:
    add(ledger, sent)
    ledger.claim(sent.message_id, "2026-11-20-1", NOW)
    ledger.dotting(sent.message_id, NOW)
    ledger.sent(sent.message_id, "250 ok", NOW)


def state(ledger: Ledger, message_id: str) -> str:
    (found,) = (s for s in ledger.messages(BOOK) if s.message.message_id == message_id)
    return found.state


# ── runs ─────────────────────────────────────────────────────────────────────────────────────


def test_runs_are_counted_per_book_and_day(ledger: Ledger) -> None:
    assert ledger.start_run(BOOK, DAY, NOW, "run") == "2026-11-20-1"
    assert ledger.start_run(BOOK, DAY, NOW, "run") == "2026-11-20-2"
    assert ledger.start_run("other", DAY, NOW, "run") == "2026-11-20-1"
    assert ledger.start_run(BOOK, date(2026, 11, 21), NOW, "run") == "2026-11-21-1"


def test_a_run_is_remembered_with_its_report_and_newest_first(ledger: Ledger) -> None:
    first = ledger.start_run(BOOK, DAY, NOW, "run")
    second = ledger.start_run(BOOK, DAY, NOW + timedelta(minutes=1), "work")
    ledger.end_run(BOOK, first, {"open": {"USD": "12.50"}, "name": "上海"}, NOW, "disk full")
    unfinished, ended = ledger.runs(BOOK, 10)
    assert (unfinished.run, unfinished.ended_at, unfinished.command) == (second, None, "work")
    assert ended.report == {"open": {"USD": "12.50"}, "name": "上海"}
    assert ended.error == "disk full"
    assert ended.ended_at == NOW
    assert ended.as_of == DAY


def test_a_naive_time_is_a_mistake(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="aware"):
        ledger.start_run(BOOK, DAY, NOW.replace(tzinfo=None), "run")


def sql(url: str, *statements: str) -> Any:
    """Run statements on a ledger past Collector; return what the last one gives."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for statement in statements:
            found = connection.execute(text(statement))
        rows = found.all() if found.returns_rows else None
    engine.dispose()
    return rows


def test_times_are_kept_in_utc(ledger: Ledger, url: str) -> None:
    ledger.start_run(BOOK, DAY, NOW, "run")
    ((at,),) = sql(url, "SELECT started_at FROM collector_runs")
    assert at == "2026-11-20T01:30:00.000000+00:00"


# ── messages and their states ────────────────────────────────────────────────────────────────


def test_a_message_comes_back_as_it_was_stored(ledger: Ledger) -> None:
    drafted = message(text="你好", html="<p>", redirected=True)
    add(ledger, drafted)
    (stored,) = ledger.pending(BOOK)
    assert stored.message == drafted
    assert (stored.state, stored.run, stored.attempts) == ("drafted", "2026-11-20-1", 0)
    assert stored.changed_at == NOW.astimezone(UTC)


def test_a_message_that_needs_approval_waits_until_it_is_released(ledger: Ledger) -> None:
    add(ledger, message(1, approval="final step"), message(2), message(3))
    assert [s.message.message_id for s in ledger.waiting(BOOK)] == ["<1@example.com>"]
    with pytest.raises(AlreadyClaimedError):
        ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    assert ledger.approve(["<1@example.com>", "<2@example.com>", "<9@example.com>"], NOW) == 1
    assert state(ledger, "<1@example.com>") == "approved"
    assert state(ledger, "<2@example.com>") == "drafted"


def test_the_caller_may_say_that_a_message_waits(ledger: Ledger) -> None:
    add(ledger, message(1), message(2), states={"<2@example.com>": "waiting"})
    assert [s.state for s in ledger.pending(BOOK)] == ["drafted", "waiting"]


def test_adding_is_all_or_none(ledger: Ledger) -> None:
    add(ledger, message(1))
    with pytest.raises(LedgerError):
        add(ledger, message(2), message(1))
    assert len(ledger.pending(BOOK)) == 1


def test_a_sent_message_has_spoken_and_is_no_longer_pending(ledger: Ledger) -> None:
    send(ledger, message())
    assert ledger.pending(BOOK) == ()
    (spoken,) = ledger.spoken(BOOK, redirected=False)
    assert spoken.occasion == f"{BOOK}/acme/reminder/INV-1/2026-11-01/first"
    assert (spoken.day, spoken.step, spoken.to) == (DAY, "first", ("ap@acme.example",))
    assert spoken.message_id == "<1@example.com>"
    (stored,) = ledger.messages(BOOK)
    assert (stored.answer, stored.attempts) == ("250 ok", 1)


def test_an_occasion_is_served_by_one_message_only(ledger: Ledger) -> None:
    send(ledger, message(1))
    add(ledger, message(2, occasions=("receivables/acme/new", *message(1).occasions)))
    with pytest.raises(AlreadyClaimedError, match="INV-1/2026-11-01/first") as raised:
        ledger.claim("<2@example.com>", "2026-11-20-2", NOW)
    assert raised.value.__cause__ is not None
    assert state(ledger, "<2@example.com>") == "drafted"
    # The transaction was undone whole: its first occasion is free.
    add(ledger, message(3, occasions=("receivables/acme/new",)))
    ledger.claim("<3@example.com>", "2026-11-20-2", NOW)


def test_two_books_do_not_block_each_other(ledger: Ledger) -> None:
    add(ledger, message(1), message(2, book="other", occasions=message(1).occasions))
    ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    ledger.claim("<2@example.com>", "2026-11-20-1", NOW)


def test_trials_and_real_messages_never_see_each_other(ledger: Ledger) -> None:
    send(ledger, message(1, redirected=True))
    assert ledger.spoken(BOOK, redirected=False) == ()
    assert ledger.last_addresses(BOOK) == {}
    assert ledger.threads(BOOK) == {}
    send(ledger, message(2, occasions=message(1).occasions))
    assert [s.message_id for s in ledger.spoken(BOOK, redirected=True)] == ["<1@example.com>"]
    assert [s.message_id for s in ledger.spoken(BOOK, redirected=False)] == ["<2@example.com>"]


def test_a_refused_message_gives_its_occasions_back_and_may_be_tried_again(ledger: Ledger) -> None:
    add(ledger, message(1), message(2, occasions=message(1).occasions))
    ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    ledger.refuse("<1@example.com>", "550 no such user", NOW)
    refused, _ = ledger.pending(BOOK)
    assert (refused.state, refused.attempts, refused.answer) == ("refused", 1, "550 no such user")
    ledger.claim("<1@example.com>", "2026-11-20-2", NOW)
    ledger.dotting("<1@example.com>", NOW)
    ledger.refuse("<1@example.com>", "554 spam", NOW)
    ledger.claim("<2@example.com>", "2026-11-20-2", NOW)


@pytest.mark.parametrize(("approval", "before"), [("", "drafted"), ("final step", "approved")])
def test_a_released_message_is_as_it_was_before_the_claim(
    ledger: Ledger, approval: str, before: str
) -> None:
    add(ledger, message(approval=approval))
    ledger.approve(["<1@example.com>"], NOW)
    ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    ledger.release("<1@example.com>", NOW)
    assert state(ledger, "<1@example.com>") == before
    ledger.claim("<1@example.com>", "2026-11-20-2", NOW)


def test_a_message_in_doubt_keeps_its_occasions_until_a_person_looks(ledger: Ledger) -> None:
    for number in (1, 2):
        add(ledger, message(number))
        ledger.claim(f"<{number}@example.com>", "2026-11-20-1", NOW)
        ledger.dotting(f"<{number}@example.com>", NOW)
        ledger.doubt(f"<{number}@example.com>", "no answer", NOW)
    assert [s.answer for s in ledger.doubts(BOOK)] == ["no answer", "no answer"]
    assert len(ledger.spoken(BOOK, redirected=False)) == 2
    ledger.resolve_doubt("<1@example.com>", True, NOW)
    ledger.resolve_doubt("<2@example.com>", False, NOW)
    assert state(ledger, "<1@example.com>") == "sent"
    assert state(ledger, "<2@example.com>") == "dropped"
    assert [s.message_id for s in ledger.spoken(BOOK, redirected=False)] == ["<1@example.com>"]


def test_a_dropped_message_frees_its_occasions(ledger: Ledger) -> None:
    add(ledger, message(1), message(2, occasions=message(1).occasions))
    ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    ledger.drop(["<1@example.com>"], "paid meanwhile", NOW)
    ledger.claim("<2@example.com>", "2026-11-20-1", NOW)
    assert [s.answer for s in ledger.messages(BOOK)] == ["", "paid meanwhile"]


MOVES = {
    "dotting": lambda ledger: ledger.dotting("<1@example.com>", NOW),
    "sent": lambda ledger: ledger.sent("<1@example.com>", "250 ok", NOW),
    "refuse": lambda ledger: ledger.refuse("<1@example.com>", "550", NOW),
    "release": lambda ledger: ledger.release("<1@example.com>", NOW),
    "doubt": lambda ledger: ledger.doubt("<1@example.com>", "silence", NOW),
    "drop": lambda ledger: ledger.drop(["<1@example.com>"], "not wanted", NOW),
    "resolve": lambda ledger: ledger.resolve_doubt("<1@example.com>", True, NOW),
}
ALLOWED = {
    "drafted": {"drop"},
    "claimed": {"dotting", "refuse", "release", "drop"},
    "dotting": {"sent", "refuse", "doubt"},
    "sent": set(),
    "in_doubt": {"resolve"},
    "refused": {"drop"},
    "dropped": set(),
}
PATHS = {
    "drafted": [],
    "claimed": ["claim"],
    "dotting": ["claim", "dotting"],
    "sent": ["claim", "dotting", "sent"],
    "in_doubt": ["claim", "dotting", "doubt"],
    "refused": ["claim", "refuse"],
    "dropped": ["drop"],
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", PATHS)
def test_a_message_moves_only_along_the_states(ledger: Ledger, before: str, move: str) -> None:
    add(ledger, message())
    for step in PATHS[before]:
        if step == "claim":
            ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
        else:
            MOVES[step](ledger)
    assert state(ledger, "<1@example.com>") == before
    if move in ALLOWED[before]:
        MOVES[move](ledger)
        return
    with pytest.raises(LedgerError, match=before):
        MOVES[move](ledger)
    assert state(ledger, "<1@example.com>") == before


def test_a_message_nobody_knows_is_said_so(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="nobody knows"):
        ledger.dotting("<9@example.com>", NOW)
    with pytest.raises(AlreadyClaimedError):
        ledger.claim("<9@example.com>", "2026-11-20-1", NOW)


def test_dropping_one_that_was_sent_drops_none(ledger: Ledger) -> None:
    add(ledger, message(1))
    send(ledger, message(2))
    with pytest.raises(LedgerError, match="is sent"):
        ledger.drop(["<1@example.com>", "<2@example.com>"], "not wanted", NOW)
    assert state(ledger, "<1@example.com>") == "drafted"


def test_the_last_address_is_that_of_the_last_message_sent_or_in_doubt(ledger: Ledger) -> None:
    send(ledger, message(1, to=("old@acme.example",)))
    send(ledger, message(2, customer="beta", to=("ap@beta.example",)))
    add(ledger, message(3, to=("new@acme.example", "b@acme.example")), message(4, to=("x@y.zz",)))
    ledger.claim("<3@example.com>", "2026-11-20-1", NOW)
    ledger.dotting("<3@example.com>", NOW)
    ledger.doubt("<3@example.com>", "silence", NOW)
    assert ledger.last_addresses(BOOK) == {
        "acme": ("new@acme.example", "b@acme.example"),
        "beta": ("ap@beta.example",),
    }


def test_a_thread_holds_the_last_ten_messages_in_order(ledger: Ledger) -> None:
    for number in range(1, 13):
        send(ledger, message(number, subject=f"Invoice {number}"))
    send(ledger, message(20, customer="beta"))
    threads = ledger.threads(BOOK)
    assert threads["acme"] == tuple((f"<{n}@example.com>", f"Invoice {n}") for n in range(3, 13))
    assert threads["beta"] == (("<20@example.com>", "Invoice INV-1042"),)


def test_the_log_shows_one_customers_messages_newest_first(ledger: Ledger) -> None:
    add(ledger, message(1), message(2, customer="beta"), message(3), message(4))
    log = ledger.messages(BOOK, "acme", limit=2)
    assert [s.message.message_id for s in log] == ["<4@example.com>", "<3@example.com>"]


# ── after a crash, and side by side ──────────────────────────────────────────────────────────

KILLED = """
import os, signal, sys
from datetime import date, datetime, UTC
from collector.ledger import open_ledger
url, moves = sys.argv[1], sys.argv[2].split()
ledger = open_ledger(url)
now = datetime(2026, 11, 20, tzinfo=UTC)
with ledger.exclusive("receivables", wait=0):
    run = ledger.start_run("receivables", date(2026, 11, 20), now, "run")
    for move in moves:
        if move == "claim": ledger.claim("<1@example.com>", run, now)
        if move == "dotting": ledger.dotting("<1@example.com>", now)
        if move == "sent": ledger.sent("<1@example.com>", "250 ok", now)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("moves", "after", "doubts", "spoken"),
    [
        ("", "drafted", 0, 0),
        ("claim", "claimed", 0, 0),
        ("claim dotting", "in_doubt", 1, 1),
        ("claim dotting sent", "sent", 0, 1),
    ],
)
def test_what_a_killed_run_left_is_taken_up(
    ledger: Ledger, url: str, moves: str, after: str, doubts: int, spoken: int
) -> None:
    add(ledger, message())
    killed = subprocess.run([sys.executable, "-c", KILLED, url, moves], check=False)
    assert killed.returncode == -signal.SIGKILL
    with ledger.exclusive(BOOK, wait=5):
        assert ledger.recover(BOOK, NOW) == doubts
    assert state(ledger, "<1@example.com>") == after
    assert len(ledger.doubts(BOOK)) == doubts
    assert len(ledger.spoken(BOOK, redirected=False)) == spoken
    assert ledger.recover(BOOK, NOW) == 0


def test_a_claim_left_by_a_dead_run_is_taken_over_with_the_same_bytes(
    ledger: Ledger, url: str
) -> None:
    add(ledger, message())
    subprocess.run([sys.executable, "-c", KILLED, url, "claim"], check=False)
    with pytest.raises(AlreadyClaimedError):
        ledger.claim("<1@example.com>", "2026-11-20-2", NOW)
    ledger.recover(BOOK, NOW)
    (pending,) = ledger.pending(BOOK)
    assert (pending.state, pending.message) == ("claimed", message())
    ledger.claim("<1@example.com>", "2026-11-20-2", NOW)
    with pytest.raises(AlreadyClaimedError):
        ledger.claim("<1@example.com>", "2026-11-20-3", NOW)


def test_a_dead_run_is_remembered_as_unfinished(ledger: Ledger, url: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, url, ""], check=False)
    (run,) = ledger.runs(BOOK)
    assert run.ended_at is None


def _claim_all(url: str, run: str, ids: list[str], won: Any, gate: Any) -> None:
    with open_ledger(url) as ledger:
        gate.wait()
        for message_id in ids:
            try:
                ledger.claim(message_id, run, NOW)
            except AlreadyClaimedError:
                continue
            won.put((message_id, run))


def test_of_processes_that_claim_at_once_exactly_one_wins(ledger: Ledger, url: str) -> None:
    # Half of the messages are the same one for all; of the others each process has its own
    # message for the same occasion.
    shared = [message(n) for n in range(40)]
    rivals = [
        [message(1000 * p + n, occasions=(f"{BOOK}/acme/rival/{n}",)) for n in range(40)]
        for p in (1, 2, 3)
    ]
    add(ledger, *shared, *(each for rival in rivals for each in rival))
    won, gate = SPAWN.Queue(), SPAWN.Barrier(3)
    workers = [
        SPAWN.Process(
            target=_claim_all,
            args=(url, f"run-{i}", [m.message_id for m in shared + rival], won, gate),
        )
        for i, rival in enumerate(rivals)
    ]
    for worker in workers:
        worker.start()
    winners = [won.get(timeout=60) for _ in range(80)]
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert won.empty()
    served = [s.message.occasions[0] for s in ledger.pending(BOOK) if s.state == "claimed"]
    assert len(served) == len(set(served)) == 80
    assert {message_id for message_id, _run in winners} == {
        s.message.message_id for s in ledger.pending(BOOK) if s.state == "claimed"
    }


def _open(url: str, gate: Any) -> None:
    gate.wait()
    with open_ledger(url) as ledger:
        ledger.mark_slot(BOOK, "2026-11-20T09:00", "2026-11-20-1", NOW)


def test_processes_that_make_the_same_new_ledger_at_once_do_not_trip(url: str) -> None:
    gate = SPAWN.Barrier(4)
    workers = [SPAWN.Process(target=_open, args=(url, gate)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]


HOLDER = """
import sys, time
from collector.ledger import open_ledger
with open_ledger(sys.argv[1]).exclusive("receivables", wait=0):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_book_has_one_pass_at_a_time_until_its_process_is_gone(ledger: Ledger, url: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(BookBusyError, match="receivables"), ledger.exclusive(BOOK, wait=0.1):
        pass
    with ledger.exclusive("another book", wait=0):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with ledger.exclusive(BOOK, wait=5):
        pass


def test_a_pass_within_a_pass_of_one_process_is_refused_too(ledger: Ledger, url: str) -> None:
    with (
        open_ledger(url) as other,
        ledger.exclusive(BOOK, wait=0),
        pytest.raises(BookBusyError),
        other.exclusive(BOOK, wait=0.1),
    ):
        pass


# ── files that are no ledger, disks that will not ────────────────────────────────────────────


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "receivables.xlsx"
    path.write_bytes(b"PK\x03\x04 not a database" * 400)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"receivables\.xlsx .*is not a ledger"):
        open_ledger(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(LedgerError, match="another program"):
        open_ledger(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert names == [("theirs",)]


def test_a_newer_ledger_is_refused(ledger: Ledger, url: str) -> None:
    sql(url, "UPDATE collector_ledger SET value = 99")
    with pytest.raises(LedgerError, match=r"newer Collector.*99"):
        open_ledger(url)


@of_a_file
def test_a_damaged_ledger_is_said_so(ledger: Ledger, url: str, tmp_path: Path) -> None:
    add(ledger, *(message(n) for n in range(300)))
    ledger.close()
    path = tmp_path / "collector.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(LedgerError, match="damaged"), open_ledger(url) as damaged:
        damaged.pending(BOOK)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="folder exists"):
        open_ledger(f"sqlite:///{tmp_path / 'nowhere' / 'collector.db'}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_ledger_that_would_forget_is_refused(url: str) -> None:
    with pytest.raises(LedgerError, match="must be a file"):
        open_ledger(url)


@pytest.mark.parametrize("url", ["collector.db", "mysql://x/y", "nosuch://x"])
def test_an_address_that_is_none_is_said_so(url: str) -> None:
    with pytest.raises(LedgerError, match="neither"):
        open_ledger(url)


def test_a_password_in_the_address_is_never_shown() -> None:
    with pytest.raises(LedgerError) as raised:
        open_ledger("postgresql://collector:s3cret@localhost:1/ledger")
    assert "s3cret" not in str(raised.value)


LIMITED = """
import os, sqlite3, sys
from collector.ledger import open_ledger
from collector.errors import LedgerError
import sqlalchemy.dialects.sqlite
os.setgid(65534)
os.setuid(65534)
try:
    open_ledger(sys.argv[1])
except LedgerError as exc:
    print(exc)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to give up root")
@pytest.mark.parametrize("exists", [True, False])
def test_a_ledger_that_may_not_be_written_is_said_so(tmp_path: Path, exists: bool) -> None:
    # pytest's own folders are closed to others.
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        url = f"sqlite:///{folder / 'collector.db'}"
        if exists:
            open_ledger(url).close()
        run = [sys.executable, "-c", LIMITED, url]
        told = subprocess.run(run, capture_output=True, text=True, check=True)
        assert "Traceback" not in told.stderr
        assert "written" in told.stdout
    finally:
        shutil.rmtree(folder)


FULL = """
import resource, sys
from datetime import UTC, datetime
from collector.ledger import open_ledger
from collector.errors import LedgerError
ledger = open_ledger(sys.argv[1])
now = datetime(2026, 11, 20, tzinfo=UTC)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for number in range(100):
        ledger.claim(f"<{number}@example.com>", "2026-11-20-1", now)
        print(number, flush=True)
except LedgerError as exc:
    print(exc)
"""


@of_a_file
def test_a_disk_that_takes_no_more_ends_in_a_sentence_and_loses_nothing(
    ledger: Ledger, url: str, tmp_path: Path
) -> None:
    add(ledger, *(message(n) for n in range(100)))
    limit = (tmp_path / "collector.db-wal").stat().st_size + 100_000
    run = [sys.executable, "-c", FULL, url, str(limit)]
    told = subprocess.run(run, capture_output=True, text=True, check=True)
    *claimed, said = told.stdout.splitlines()
    assert 0 < len(claimed) < 100
    assert "the disk" in said
    assert told.stderr == ""
    states = [s.state for s in ledger.pending(BOOK)]
    assert states.count("claimed") == len(claimed)
    ledger.claim("<99@example.com>", "2026-11-20-2", NOW)


@of_a_file
def test_a_full_database_is_called_a_full_disk(url: str) -> None:
    with open_ledger(url) as ledger, ledger._engine.connect() as connection:
        # SQLite's own quota gives the very error of a full disk.
        connection.exec_driver_sql("PRAGMA max_page_count = 20")
        connection.close()
        with pytest.raises(LedgerError, match="the disk is full"):
            add(ledger, *(message(n) for n in range(300)))


# ── looking without leaving a trace ──────────────────────────────────────────────────────────


@of_a_file
def test_looking_at_a_ledger_that_is_not_there_does_not_make_one(url: str, tmp_path: Path) -> None:
    with open_ledger(url, read_only=True) as ledger:
        assert ledger.pending(BOOK) == ()
        assert ledger.spoken(BOOK, redirected=False) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_opened_for_reading_shows_all_and_changes_nothing(
    ledger: Ledger, url: str
) -> None:
    send(ledger, message())
    with open_ledger(url, read_only=True) as looking:
        assert len(looking.spoken(BOOK, redirected=False)) == 1
        with pytest.raises(LedgerError, match="may not be written"):
            add(looking, message(2))


# ── changed cells, and the schedule ──────────────────────────────────────────────────────────


def test_changed_cells_come_back_with_their_types(ledger: Ledger) -> None:
    cells = (
        None, "", "逾期", "00123", 0, -7, 2**53, 1.5, True, False, date(2026, 11, 20),
        datetime(2026, 11, 20, 9, 30, 0, 5), timedelta(days=-1, seconds=5),
    )  # fmt: skip
    rows = tuple(range(7, 7 + len(cells)))
    edit = ColumnEdit("Invoices", 10, "text", rows, cells, tuple(reversed(cells)), ("k",) * 13)
    ledger.record_changes(BOOK, "2026-11-20-1", [edit], keys={("Invoices", 10): "status"})
    ((key, back),) = ledger.keyed_changes(BOOK, "2026-11-20-1")
    assert key == "status"
    assert (back.tab, back.column, back.kind) == ("Invoices", 10, "text")
    assert tuple(back.rows) == rows
    assert tuple(back.keys) == edit.keys
    assert [(type(c), c) for c in back.values] == [(type(c), c) for c in cells]
    assert [(type(c), c) for c in back.before] == [(type(c), c) for c in reversed(cells)]


def test_several_writes_of_one_run_are_kept_in_order(ledger: Ledger) -> None:
    first = ColumnEdit("Invoices", 1, "text", [2], ["a"], [None], ["k"])
    nothing = ColumnEdit("Invoices", 2, "text", [], [], [], [])
    second = ColumnEdit("Invoices", 1, "text", [2], ["b"], ["a"], ["k"])
    ledger.record_changes(BOOK, "2026-11-20-1", [first, nothing])
    ledger.record_changes(BOOK, "2026-11-20-1", [second])
    ledger.record_changes("other", "2026-11-20-1", [second])
    assert [list(e.values) for e in ledger.changes(BOOK, "2026-11-20-1")] == [["a"], ["b"]]


def test_a_slot_is_done_once(ledger: Ledger) -> None:
    assert ledger.last_slot(BOOK) == ""
    ledger.mark_slot(BOOK, "2026-11-20T09:00", "2026-11-20-1", NOW)
    ledger.mark_slot(BOOK, "2026-11-20T09:00", "2026-11-20-2", NOW)
    ledger.mark_slot(BOOK, "2026-11-19T09:00", "2026-11-20-3", NOW)
    assert ledger.last_slot(BOOK) == "2026-11-20T09:00"
    assert ledger.last_slot("other") == ""


def test_a_message_released_later_is_said_on_the_day_of_the_run_that_sends_it(
    ledger: Ledger,
) -> None:
    first = ledger.start_run(BOOK, DAY, NOW, "run")
    built = message(approval="held_approval_step")
    ledger.add([built], first, NOW)
    ledger.approve([built.message_id], NOW)
    later = ledger.start_run(BOOK, date(2026, 11, 24), NOW, "run")
    ledger.claim(built.message_id, later, NOW)
    ledger.dotting(built.message_id, NOW)
    ledger.sent(built.message_id, "250 OK", NOW)
    assert [said.day for said in ledger.spoken(BOOK, redirected=False)] == [date(2026, 11, 24)]


def test_what_a_run_did_not_write_in_the_end_is_forgotten(ledger: Ledger) -> None:
    edit = ColumnEdit("Invoices", 7, "text", [2], ["Overdue"], [None], ["acme/1#"])
    ledger.record_changes(BOOK, "2026-11-20-1", [edit])
    ledger.record_changes(BOOK, "2026-11-20-2", [edit])
    ledger.forget_changes(BOOK, "2026-11-20-1")
    assert ledger.changes(BOOK, "2026-11-20-1") == ()
    assert len(ledger.changes(BOOK, "2026-11-20-2")) == 1


# ── an older layout ──────────────────────────────────────────────────────────────────────────


def made_older(url: str) -> None:
    """Give a ledger the layout it had before there was a contact log."""
    columns = ("invoices", "totals", "ticked", "logged")
    sql(
        url,
        "DROP INDEX collector_messages_by_log",
        *(f"ALTER TABLE collector_messages DROP COLUMN {column}" for column in columns),
        "DROP TABLE collector_identity",
        "UPDATE collector_ledger SET value = 1",
    )


def test_an_older_ledger_is_brought_up_to_date_with_all_that_is_in_it(
    ledger: Ledger, url: str
) -> None:
    send(ledger, message())
    ledger.close()
    made_older(url)
    with pytest.raises(LedgerError, match="older Collector wrote it"):
        open_ledger(url, read_only=True)
    with open_ledger(url) as again:
        (found,) = again.messages(BOOK)
        assert (found.state, found.message) == ("sent", message())
        assert again.unlogged(BOOK) == ()
        send(again, message(2, invoices=("INV-2",), totals=("USD 100.00",)))
        (fresh,) = again.unlogged(BOOK)
        assert fresh.message.totals == ("USD 100.00",)
        assert len(again.identity) == 16
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        indexes = inspect(engine).get_indexes("collector_messages")
        assert "collector_messages_by_log" in [index["name"] for index in indexes]
        engine.dispose()
    with open_ledger(url, read_only=True) as looked_at:
        assert looked_at.identity == again.identity


def test_a_ledger_is_told_from_every_other(ledger: Ledger, url: str, tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert other.identity != ledger.identity
    with open_ledger(url) as again:
        assert again.identity == ledger.identity


# ── the contact log ──────────────────────────────────────────────────────────────────────────


def test_what_was_sent_is_to_be_logged_once(ledger: Ledger) -> None:
    send(ledger, message(1))
    send(ledger, message(2, redirected=True))
    send(ledger, message(3, customer=""))
    add(ledger, message(4))
    assert [s.message.message_id for s in ledger.unlogged(BOOK)] == ["<1@example.com>"]
    ledger.mark_logged(["<1@example.com>"], NOW)
    assert ledger.unlogged(BOOK) == ()


def test_what_was_released_may_be_taken_back(ledger: Ledger) -> None:
    add(ledger, message(1, approval="held_approval_mode"))
    ledger.approve(["<1@example.com>"], NOW, ticked=True)
    (released,) = ledger.pending(BOOK)
    assert (released.state, released.ticked) == ("approved", True)
    ledger.withdraw(["<1@example.com>"], NOW)
    assert state(ledger, "<1@example.com>") == "waiting"
    with pytest.raises(AlreadyClaimedError):
        ledger.claim("<1@example.com>", "2026-11-20-1", NOW)
    with pytest.raises(LedgerError, match="should be approved"):
        ledger.withdraw(["<1@example.com>"], NOW)


# ── how many a day ───────────────────────────────────────────────────────────────────────────


def test_a_day_has_as_many_messages_as_it_may_and_tries_count(ledger: Ledger) -> None:
    add(ledger, *(message(n) for n in range(4)))
    add(ledger, message(9, sender="other@example.com"))
    run = ledger.start_run(BOOK, DAY, NOW, "run")
    for number in (0, 1):
        ledger.claim(f"<{number}@example.com>", run, NOW, max_per_day=3)
    ledger.refuse("<0@example.com>", "451 later", NOW)
    ledger.claim("<0@example.com>", run, NOW, max_per_day=3)
    with pytest.raises(DayFullError):
        ledger.claim("<2@example.com>", run, NOW, max_per_day=3)
    assert state(ledger, "<2@example.com>") == "drafted"
    assert ledger.tries("ar@example.com", DAY) == 3
    ledger.claim("<9@example.com>", run, NOW, max_per_day=3)
    # What never got to the server gives its place back, another day has places of its own.
    ledger.release("<1@example.com>", NOW)
    ledger.claim("<2@example.com>", run, NOW, max_per_day=3)
    tomorrow = ledger.start_run(BOOK, DAY + timedelta(days=1), NOW, "run")
    ledger.claim("<3@example.com>", tomorrow, NOW, max_per_day=1)
    assert ledger.tries("ar@example.com", DAY + timedelta(days=1)) == 1
