"""Whole columns of cells, read over their distinct values: text, dates, money, addresses, words."""
