"""A customer's credit in words: what made the flag, and how they pay."""

from __future__ import annotations

import pandas as pd

from collector.phrases import say


def flag_reasons(figures: pd.DataFrame, language: str) -> list[str]:
    """Return in words what made each customer's flag, and what the team itself decided."""
    columns = [figures[name].tolist() for name in (
        "flag_reason", "oldest_overdue", "utilisation", "rating", "rating_set", "foreign",
    )]  # fmt: skip
    return [_flag_reason(language, *values) for values in zip(*columns, strict=True)]


def _flag_reason(
    language: str, reason: str, days: int, used: float, grade: str, chosen: bool, foreign: str
) -> str:
    facts = {"days": days, "percent": 0 if pd.isna(used) else round(used * 100), "rating": grade}
    # A rating that the team set is said once, as theirs.
    told = reason and not (chosen and reason == "rating")
    said = [say(language, f"credit_{reason}", **facts)] if told else []
    said += [say(language, "credit_rating_set", rating=grade)] if chosen else []
    said += [say(language, "credit_foreign", currencies=foreign)] if foreign else []
    return "; ".join(said) if language != "zh" else "；".join(said)


def habit_texts(figures: pd.DataFrame, language: str) -> list[str]:
    """Return in words how each customer pays: late how often, by how much, on what day."""
    columns = [figures[name].tolist() for name in ("last", "last_late", "typical", "payday")]
    return [_habit(language, *values) for values in zip(*columns, strict=True)]


def _habit(language: str, last: int, late: int, typical: int, payday: int) -> str:
    if not last:
        return ""
    said = [say(language, "credit_late_of", late=late, last=last)]
    code = "late" if typical > 0 else "early" if typical < 0 else "prompt"
    one = "_one" if abs(typical) == 1 else ""
    said.append(say(language, f"credit_typically_{code}{one}", days=abs(typical)))
    if payday >= 0:
        said.append(say(language, f"credit_payday_{payday}"))
    return "; ".join(said) if language != "zh" else "；".join(said)
