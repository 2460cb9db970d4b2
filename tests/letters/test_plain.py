from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.letters.plain import WIDTH, align, clean, paragraphs, width, wrap


def test_chinese_columns_stay_straight() -> None:
    lines = align([["发票号码", "余额"], ["INV-1", "1,000.00"]], "lr")
    assert lines == ["发票号码      余额", "INV-1     1,000.00"]
    assert len({width(line) for line in lines}) == 1


def test_control_and_direction_characters_are_removed() -> None:
    assert clean("Acme\r\nBcc: x@y") == "Acme Bcc: x@y"
    assert clean("Acme\u202elive\u200b\x00 ") == "Acmelive"
    assert clean("👨\u200d👩") == "👨\u200d👩"
    assert clean("a\ud800b") == "a\ufffdb"


def test_long_paragraphs_break_between_words_and_between_chinese_characters() -> None:
    assert wrap("one two three", 8) == "one two\nthree"
    assert wrap("烦请贵司安排付款。", 8) == "烦请贵司\n安排付款。"


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=300))
def test_wrapping_loses_nothing(text: str) -> None:
    assert wrap(text).replace("\n", "") == text


@given(st.text(alphabet="abc 中文，。", max_size=400))
def test_wrapped_lines_fit(text: str) -> None:
    words = [word for word in clean(text).split() if width(word) < WIDTH]
    assert all(width(line) <= WIDTH + 4 for line in wrap(" ".join(words)).split("\n"))


def test_paragraphs_join_broken_lines_without_blanks_in_chinese() -> None:
    assert paragraphs("one\ntwo\n\n\n三\n四") == ["one two", "三四"]
