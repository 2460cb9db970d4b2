"""How customers stand: credit flags, what made them, and the warnings we give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from collector.fields import FLAG_WORDS, word
from collector.phrases import say


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's credit standing: the flag and what made it, the rating and what it rests on.

    ``reason`` is ``oldest hold rating used promise`` or '', ``rating_set`` says that the team's own
    column gives the rating, ``index`` is None without history, ``oldest`` days, ``used`` percent.
    """

    flag: str
    reason: str
    rating: str
    rating_set: bool = False
    index: int | None = None
    oldest: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A customer whose credit flag or rating is another than on an earlier day, ``since``."""

    customer: str
    customer_name: str
    before: Standing
    now: Standing
    since: date

    def what(self, language: str = "en") -> str:
        """Say what became what: ``B→D, Watch→Stop``."""
        pairs = [(self.before.rating, self.now.rating), _flag_words(self, language)]
        return ", ".join(f"{was}→{now}" for was, now in pairs if was != now and now)

    def why(self, language: str = "en") -> str:
        """Say what made it so, '' where nothing is known of it."""
        was, now = self.before, self.now
        said = []
        if was.rating != now.rating and now.rating_set:
            said.append(say(language, "credit_rating_set", rating=now.rating))
        elif was.rating != now.rating and was.index is not None and now.index is not None:
            said.append(say(language, "flag_index", before=was.index, now=now.index))
        if was.flag != now.flag and not (now.reason == "rating" and was.rating != now.rating):
            over = was.reason and say(language, "flag_over", reason=_reason(was, language))
            said += [text for text in (_reason(now, language) if now.reason else over,) if text]
        return "; ".join(said) if language != "zh" else "；".join(said)

    def say(self, language: str = "en") -> str:
        """Return the whole sentence: ``B→D because …``."""
        why = self.why(language)
        facts = {"what": self.what(language), "why": why}
        return say(language, "flag_changed", **facts) if why else facts["what"]


def _flag_words(change: FlagChange, language: str) -> tuple[str, str]:
    return (
        word(FLAG_WORDS, language, change.before.flag),
        word(FLAG_WORDS, language, change.now.flag),
    )


def _reason(told: Standing, language: str) -> str:
    facts = {"days": told.oldest, "percent": told.used, "rating": told.rating}
    return say(language, f"credit_{told.reason}", **facts)


@dataclass(frozen=True, slots=True)
class Event:
    """A warning that the ledger remembers: fired on a ``day``, and standing until ``ended``.

    ``number`` is 0 for one that is not remembered yet. ``mark`` tells warnings of one kind about
    one customer apart. ``muted`` ones are told to nobody, because a graver one is. ``done``: a
    person has seen to it.
    """

    customer: str
    customer_name: str
    code: str
    mark: str
    facts: Mapping[str, object]
    day: date
    number: int = 0
    muted: bool = False
    ended: bool = False
    done: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        # Late is late: an invoice that is paid meanwhile is no new event.
        return self.customer, self.code.removesuffix("_paid"), self.mark

    def say(self, language: str = "en") -> str:
        return say(language, self.code, **self.facts)
