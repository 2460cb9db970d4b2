"""The tables of a ledger, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Final, get_args

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from collector.model import ConfirmationState, State

VERSION: Final = 2

metadata = MetaData()

# Times are ISO strings in UTC: they sort, and read the same in either database.

layout = Table(
    "collector_ledger",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)

# One row: what tells this ledger from every other, whatever its file is called.
identity = Table(
    "collector_identity",
    metadata,
    Column("ledger", String, primary_key=True),
)

runs = Table(
    "collector_runs",
    metadata,
    Column("book", String, primary_key=True),
    Column("run", String, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("command", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("ended_at", String),
    Column("error", String, nullable=False, default=""),
    Column("report", JSON, nullable=False, default=dict),
)

messages = Table(
    "collector_messages",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("message_id", String, nullable=False, unique=True),
    Column("book", String, nullable=False),
    Column("customer", String, nullable=False),
    Column("customer_name", String, nullable=False),
    Column("step", String, nullable=False),
    Column("to", JSON, nullable=False),
    Column("cc", JSON, nullable=False),
    Column("recipients", JSON, nullable=False),
    Column("sender", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("occasions", JSON, nullable=False),
    Column("digest", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("approval", String, nullable=False),
    Column("redirected", Boolean, nullable=False),
    Column("text", String, nullable=False),
    Column("html", String, nullable=False),
    Column("invoices", JSON, nullable=False, server_default=text("'[]'")),
    Column("totals", JSON, nullable=False, server_default=text("'[]'")),
    Column("state", String, nullable=False),
    Column("run", String, nullable=False),
    # The run that holds the claim; '' once that run is known to be dead.
    Column("held_by", String, nullable=False, default=""),
    Column("answer", String, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("added_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    # Whether a tick in the sheet released it; a person at a terminal did otherwise.
    Column("ticked", Boolean, nullable=False, server_default=false()),
    # When it was written into the team's contact log, '' before.
    Column("logged", String, nullable=False, server_default=text("''")),
    CheckConstraint(f"state IN {get_args(State)}", name="collector_messages_state"),
    Index("collector_messages_by_state", "book", "state"),
    Index("collector_messages_by_log", "book", "state", "logged"),
    Index("collector_messages_by_customer", "book", "customer"),
    sqlite_autoincrement=True,
)

# The promise of the whole program: one occasion, one message. Trials that go to `redirect_to`
# live beside the real ones, so that trying things out neither blocks a reminder nor fakes one.
occasions = Table(
    "collector_occasions",
    metadata,
    Column("book", String, primary_key=True),
    Column("redirected", Boolean, primary_key=True),
    Column("occasion", String, primary_key=True),
    Column("message_id", String, ForeignKey(messages.c.message_id), nullable=False, index=True),
)

# The cells of one column that one write changed; `cells` is packed JSON (see cells.py).
changes = Table(
    "collector_changes",
    metadata,
    Column("book", String, primary_key=True),
    Column("run", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("tab", String, nullable=False),
    Column("column", Integer, nullable=False),
    Column("key", String, nullable=False, default=""),
    Column("kind", String, nullable=False),
    Column("cells", LargeBinary, nullable=False),
)

# How many messages an account was given on a day: tried again counts again.
days = Table(
    "collector_days",
    metadata,
    Column("sender", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("tries", Integer, nullable=False),
)

# Made when it is first needed, so that ledgers from before it stay as they are.
confirmations = Table(
    "collector_confirmations",
    metadata,
    Column("book", String, primary_key=True),
    Column("customer", String, primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("state", String, nullable=False),
    Column("note", String, nullable=False, default=""),
    Column("changed_at", String, nullable=False),
    CheckConstraint(
        f"state IN {get_args(ConfirmationState)}", name="collector_confirmations_state"
    ),
)

# Early warnings. Made when it is first needed, like the confirmations.
events = Table(
    "collector_events",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("book", String, nullable=False),
    Column("event", String, nullable=False),
    Column("customer", String, nullable=False),
    Column("customer_name", String, nullable=False),
    Column("code", String, nullable=False),
    Column("mark", String, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),
    Column("fired_at", String, nullable=False),
    # '' while it stands: then there is only one of it.
    Column("ended_at", String, nullable=False, server_default=text("''")),
    UniqueConstraint("book", "event", "ended_at", name="collector_events_once"),
    sqlite_autoincrement=True,
)

# Made when it is first needed, too. One row a run after which the book stood otherwise than before;
# `content` is deflated.
snapshots = Table(
    "collector_snapshots",
    metadata,
    Column("book", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("as_of", Date, nullable=False),
    Column("run", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("collector_snapshots_by_day", "book", "as_of"),
)

slots = Table(
    "collector_slots",
    metadata,
    Column("book", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("run", String, nullable=False),
    Column("done_at", String, nullable=False, server_default=text("''")),
)
