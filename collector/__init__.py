"""Collector: the worker beside a receivables sheet."""

__version__ = "0.1.0"
