"""The ledger itself: runs, messages and their states, occasions, changed cells, slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cached_property
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, Select, func, insert, select, update

from collector.errors import LedgerError
from collector.ledger import changes as written
from collector.ledger import (
    confirmations,
    engines,
    events,
    layouts,
    moves,
    rows,
    runs,
    said,
    schema,
    snapshots,
)
from collector.model import (
    ColumnEdit,
    Confirmed,
    Event,
    Message,
    PastRun,
    Snapshot,
    Spoken,
    State,
    Stored,
)
from collector.phrases import Phrase

# What a person let go and was not said yet; a claim among them is a dead run's.
RELEASED: Final[tuple[State, ...]] = ("approved", "refused", "claimed")
PENDING: Final[tuple[State, ...]] = ("drafted", "waiting", "approved", "claimed", "refused")

_messages = schema.messages


def open_ledger(url: str, *, read_only: bool = False) -> Ledger:
    """Open the ledger at ``sqlite:///FILE`` or ``postgresql://…``, making it when it is new.

    With ``read_only`` nothing is made or changed, and a file that is not there is an empty ledger.
    Raises LedgerError when it is not a ledger, is newer than we are, or cannot be used.
    """
    engine, locks = engines.connect(url, read_only=read_only)
    ledger = Ledger(engine, locks, engines.place(url))
    try:
        found = ledger.prepare(create=not read_only)
    except BaseException:
        ledger.close()
        raise
    if found:
        return ledger
    ledger.close()
    stand_in = Ledger(engines.empty(), locks, ledger.name)
    stand_in.prepare(create=True)
    return stand_in


class Ledger:
    """Every method is one transaction, done when it returns. ``now`` is always aware.

    Whatever the database refuses becomes a LedgerError with a sentence.
    """

    def __init__(self, engine: Engine, locks: engines.Locks, name: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._soon = engine.execution_options(writes=engines.SOON)
        self._locks = locks
        self.name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; the ledger cannot be used afterwards."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with engines.told(self.name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, soon: bool = False) -> Iterator[Connection]:
        """Write, and wait until it is on the disk unless ``soon`` is soon enough.

        What is only to be there soon is lost by no dead process, but perhaps by a power cut; the
        next write that waits takes it along. That is enough around the final dot, which waits: a
        lost claim was never sent, and a lost answer leaves the message in doubt.
        """
        writer = self._soon if soon else self._writer
        with engines.told(self.name), writer.begin() as connection:
            yield connection

    def prepare(self, *, create: bool) -> bool:
        """Say whether this is a ledger, one we understand.

        If asked, an empty database becomes one, and an older one is brought up to date.
        """
        with self._reading() as connection:
            found = layouts.found(connection, self.name)
            complete = found != schema.VERSION or layouts.counts_days(connection)
        if create and not complete:
            with self._writing() as connection:
                engines.alone(connection)
                layouts.count_days(connection)
        if found == schema.VERSION or not (found or create):
            return bool(found)
        if not create:
            raise LedgerError(self.name, Phrase("ledger_older"))
        with self._writing() as connection:
            engines.alone(connection)
            # Looked at again: another process may have made it before we got to write.
            layouts.bring_up(connection, layouts.found(connection, self.name))
        return True

    @cached_property
    def identity(self) -> str:
        """What tells this ledger from every other, also when its file is moved or renamed."""
        with self._reading() as connection:
            return str(connection.scalar(select(schema.identity.c.ledger)))

    # ── runs ─────────────────────────────────────────────────────────────────────────────────

    def exclusive(self, book: str, *, wait: float) -> AbstractContextManager[None]:
        """Keep every other pass over this book out; raises BookBusyError after ``wait`` seconds."""
        return self._locks.exclusive(book, wait)

    def start_run(self, book: str, as_of: date, now: datetime, command: str) -> str:
        """Return the name of a new run: ``2026-11-20-1``, counted per book and day."""
        with self._writing() as connection:
            return runs.start(connection, book, as_of, now, command)

    def end_run(
        self, book: str, run: str, report: Mapping[str, Any], now: datetime, error: str = ""
    ) -> None:
        """Record that a run came to its end, what it printed, and the error that ended it."""
        with self._writing() as connection:
            runs.end(connection, book, run, report, now, error)

    def runs(self, book: str, limit: int = 20) -> tuple[PastRun, ...]:
        """Return the last runs of a book, newest first."""
        with self._reading() as connection:
            return runs.newest(connection, book, limit)

    def recover(self, book: str, now: datetime) -> int:
        """Take up what a dead run left; call it inside ``exclusive``, before anything else.

        Messages between the final dot and its answer become in doubt and are counted. Claimed
        ones stay claimed, occasions and all: their dot was never sent, so they may go again.
        """
        with self._writing() as connection:
            return moves.recover(connection, book, rows.utc(now))

    def confirm(self, book: str, confirmed: Confirmed) -> None:
        """Record what became of a balance confirmation."""
        with self._writing() as connection:
            confirmations.put(connection, book, confirmed)

    def confirmations(self, book: str) -> tuple[Confirmed, ...]:
        """Return a book's balance confirmations, the newest day first."""
        with self._reading() as connection:
            return confirmations.of_book(connection, book)

    def watch(
        self, book: str, fired: Sequence[Event], over: Sequence[Event], now: datetime
    ) -> tuple[Event, ...]:
        """Remember warnings that fired and end those that are over, all or none.

        Returns those that are new, with their numbers; one that stands already is not new.
        """
        with self._writing() as connection:
            events.end(connection, over, now)
            return events.fire(connection, book, fired, now)

    def events(self, book: str) -> tuple[Event, ...]:
        """Return the warnings that stand, the oldest first."""
        with self._reading() as connection:
            return events.standing(connection, book)

    def finish(self, numbers: Sequence[int]) -> None:
        """Record that a person has seen to warnings."""
        with self._writing() as connection:
            events.finish(connection, numbers)

    def keep_snapshot(self, book: str, snapshot: Snapshot) -> bool:
        """Keep how a book stands, where it stands otherwise than before; returns whether so."""
        with self._writing(soon=True) as connection:
            return snapshots.keep(connection, book, snapshot)

    def snapshots(self, book: str, days: Sequence[date]) -> tuple[Snapshot, ...]:
        """Return for each of some days the last snapshot up to it, each once, newest first."""
        with self._reading() as connection:
            return snapshots.upto(connection, book, days)

    def snapshot_of_run(self, book: str, run: str) -> Snapshot | None:
        """Return how a book stood after a run, None where that is not kept any more."""
        with self._reading() as connection:
            return snapshots.after(connection, book, run)

    def snapshot_days(self, book: str) -> tuple[date, ...]:
        """Return the days of which it is kept how a book stood, oldest first."""
        with self._reading() as connection:
            return snapshots.days(connection, book)

    # ── what was said ────────────────────────────────────────────────────────────────────────

    def spoken(self, book: str, *, redirected: bool) -> tuple[Spoken, ...]:
        """Return the occasions that were served, or may have been; oldest first.

        Trials that went to ``redirect_to`` and real messages never see each other.
        """
        with self._reading() as connection:
            return said.spoken(connection, book, redirected=redirected)

    def books(self) -> tuple[str, ...]:
        """Return the books that anything was ever said or built for, by name."""
        query = select(_messages.c.book).distinct().order_by(_messages.c.book)
        with self._reading() as connection:
            return tuple(connection.scalars(query))

    def last_day(self, book: str) -> date | None:
        """Return the day of the latest message of a book, whatever became of it."""
        query = select(func.max(_messages.c.as_of)).where(_messages.c.book == book)
        with self._reading() as connection:
            latest: date | None = connection.scalar(query)
        return latest

    def adopt(self, messages: Sequence[Message], run: str, now: datetime) -> None:
        """Record messages that were sent without this ledger, all or none; they have no bytes.

        Raises AlreadyClaimedError when an occasion of theirs is served already.
        """
        at = rows.utc(now)
        with self._writing() as connection:
            for message in messages:
                row = rows.message_row(message, run, at, {message.message_id: "sent"})
                connection.execute(insert(_messages), row)
                moves.take(connection, message)

    def last_addresses(self, book: str) -> dict[str, tuple[str, ...]]:
        """Return, per customer, the addresses of the last real message sent or in doubt."""
        with self._reading() as connection:
            return said.last_addresses(connection, book)

    def threads(self, book: str) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return, per customer, the last (message id, subject) really sent, oldest first."""
        with self._reading() as connection:
            return said.threads(connection, book)

    def messages(
        self, book: str, customer: str | None = None, limit: int = 50
    ) -> tuple[Stored, ...]:
        """Return the last messages, of one customer or of all, newest first."""
        query = select(_messages).where(_messages.c.book == book)
        if customer is not None:
            query = query.where(_messages.c.customer == customer)
        return self._stored(query.order_by(_messages.c.number.desc()).limit(limit))

    def unlogged(self, book: str) -> tuple[Stored, ...]:
        """Return what was really sent to customers and is not noted in their contact log yet."""
        return self._stored(said.unlogged(book))

    def mark_logged(self, message_ids: Sequence[str], now: datetime) -> None:
        """Record that messages stand in the contact log."""
        with self._writing() as connection:
            for each in message_ids:
                this = update(_messages).where(_messages.c.message_id == each)
                connection.execute(this.values(logged=rows.utc(now)))

    # ── what is to be said ───────────────────────────────────────────────────────────────────

    def pending(self, book: str) -> tuple[Stored, ...]:
        """Return what is neither sent, dropped nor in doubt, in the order it was added."""
        return self._in_states(book, PENDING)

    def waiting(self, book: str) -> tuple[Stored, ...]:
        """Return what waits for a person's approval."""
        return self._in_states(book, ("waiting",))

    def doubts(self, book: str) -> tuple[Stored, ...]:
        """Return what may or may not have been delivered."""
        return self._in_states(book, ("in_doubt",))

    def _in_states(self, book: str, states: Sequence[State]) -> tuple[Stored, ...]:
        query = select(_messages).where(_messages.c.book == book, _messages.c.state.in_(states))
        return self._stored(query.order_by(_messages.c.number))

    def _stored(self, query: Select[Any]) -> tuple[Stored, ...]:
        with self._reading() as connection:
            return tuple(map(rows.stored, connection.execute(query)))

    def add(
        self,
        messages: Sequence[Message],
        run: str,
        now: datetime,
        *,
        states: Mapping[str, State] | None = None,
    ) -> None:
        """Store new messages with their frozen bytes, all or none.

        A message is ``waiting`` when it names a reason for approval, else ``drafted``, unless
        ``states`` says otherwise for its message id.
        """
        at = rows.utc(now)
        new = [rows.message_row(message, run, at, states or {}) for message in messages]
        if new:
            with self._writing() as connection:
                connection.execute(insert(_messages), new)

    def approve(self, message_ids: Sequence[str], now: datetime, *, ticked: bool = False) -> int:
        """Release waiting messages; returns how many of these were waiting.

        ``ticked``: it was a tick in the sheet that did, and not a person at a terminal.
        """
        values = {"state": "approved", "ticked": ticked, "changed_at": rows.utc(now)}
        with self._writing() as connection:
            return sum(moves.move(connection, each, ("waiting",), **values) for each in message_ids)

    def withdraw(self, message_ids: Sequence[str], now: datetime) -> None:
        """Let released messages wait again, which a person has thought better of."""
        values = {"state": "waiting", "ticked": False, "changed_at": rows.utc(now)}
        with self._writing() as connection:
            for each in message_ids:
                moves.must_move(connection, self.name, each, RELEASED, **values)
                moves.give_back(connection, each)

    def drop(self, message_ids: Sequence[str], why: str, now: datetime) -> None:
        """Give up messages the plan no longer wants; never one that was, or may be, delivered."""
        values = {"state": "dropped", "answer": why, "changed_at": rows.utc(now)}
        with self._writing() as connection:
            for each in message_ids:
                moves.must_move(connection, self.name, each, PENDING, **values)
                moves.give_back(connection, each)

    # ── saying it: claim, dotting, then one of sent, refuse, doubt ───────────────────────────

    def claim(
        self, message_id: str, run: str, now: datetime, *, max_per_day: int | None = None
    ) -> None:
        """Take a message, and with it its occasions, for this run alone.

        Raises AlreadyClaimedError when it is another's, or another message serves an occasion, and
        DayFullError when its sender was given as many on this day, by whichever process.
        """
        with self._writing(soon=True) as connection:
            moves.claim(connection, message_id, run, rows.utc(now), max_per_day)

    def tries(self, sender: str, day: date) -> int:
        """Return how often a sender's server was given a message on a day, for any book."""
        with self._reading() as connection:
            if not layouts.counts_days(connection):
                return 0
            return connection.scalar(moves.TRIES, {"who": sender, "when": day}) or 0

    def dotting(self, message_id: str, now: datetime) -> None:
        """Record that the final dot goes out next: from here on nobody can know without looking."""
        self._settle(message_id, ("claimed",), now, soon=False, state="dotting")

    def sent(self, message_id: str, answer: str, now: datetime) -> None:
        """Record the server's acceptance."""
        self._settle(
            message_id, ("dotting",), now, state="sent", answer=answer, attempts=moves.ONE_TRY_MORE
        )

    def refuse(self, message_id: str, answer: str, now: datetime) -> None:
        """Record a certain refusal; the occasions are given back and it may be tried again."""
        values: dict[str, Any] = {
            "state": "refused",
            "answer": answer,
            "attempts": moves.ONE_TRY_MORE,
        }
        self._settle(message_id, ("claimed", "dotting"), now, free=True, **values)

    def release(self, message_id: str, now: datetime) -> None:
        """Undo a claim: the server went away before the dot, so nothing was said."""
        self._settle(
            message_id, ("claimed",), now, free=True, uncount=True, state=moves.BEFORE_CLAIM
        )

    def doubt(self, message_id: str, what: str, now: datetime) -> None:
        """Record that no clear answer followed the dot; the occasions stay taken."""
        self._settle(
            message_id,
            ("dotting",),
            now,
            state="in_doubt",
            answer=what,
            attempts=moves.ONE_TRY_MORE,
        )

    def resolve_doubt(
        self, message_id: str, sent: bool, now: datetime, answer: str | None = None
    ) -> None:
        """Settle a doubt: it was sent, or it was not and the plan may want it anew."""
        values: dict[str, Any] = {"state": "sent" if sent else "dropped"}
        if answer is not None:
            values["answer"] = answer
        self._settle(message_id, ("in_doubt",), now, soon=False, free=not sent, **values)

    def _settle(
        self,
        message_id: str,
        allowed: Sequence[State],
        now: datetime,
        *,
        soon: bool = True,
        free: bool = False,
        uncount: bool = False,
        **values: Any,
    ) -> None:
        values["changed_at"] = rows.utc(now)
        with self._writing(soon=soon) as connection:
            moves.must_move(connection, self.name, message_id, allowed, **values)
            if free:
                moves.give_back(connection, message_id)
            if uncount:
                moves.uncount(connection, message_id)

    # ── what was written, and when passes were due ───────────────────────────────────────────

    def record_changes(
        self,
        book: str,
        run: str,
        changes: Sequence[ColumnEdit],
        *,
        keys: Mapping[tuple[str, int], str] | None = None,
    ) -> None:
        """Keep every changed cell with its value before and after, so that a run can be undone.

        ``keys`` names our columns (``status`` …) by (tab, column): they may be moved later.
        """
        packed = written.packed(changes)
        if packed:
            with self._writing() as connection:
                written.record(connection, book, run, packed, keys or {})

    def forget_changes(self, book: str, run: str) -> None:
        """Forget what a run meant to write and then did not."""
        with self._writing() as connection:
            written.forget(connection, book, run)

    def changes(self, book: str, run: str) -> tuple[ColumnEdit, ...]:
        """Return what a run wrote, in the order it was written; undo it from the end."""
        return tuple(edit for _key, edit in self.keyed_changes(book, run))

    def keyed_changes(self, book: str, run: str) -> tuple[tuple[str, ColumnEdit], ...]:
        """Return what a run wrote, each edit with the key of our column ('' when unknown)."""
        with self._reading() as connection:
            return written.of_run(connection, book, run)

    def mark_slot(self, book: str, slot: str, run: str, now: datetime) -> None:
        """Record that a slot's pass was made; a second time changes nothing."""
        with self._writing() as connection:
            runs.mark_slot(connection, book, slot, run, now)

    def last_slot(self, book: str) -> str:
        """Return the latest slot that was made, '' when there is none."""
        with self._reading() as connection:
            return runs.last_slot(connection, book)
