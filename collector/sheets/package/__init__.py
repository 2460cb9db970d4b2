"""Edits inside an .xlsx package: what is not touched stays as the bytes it was."""
