"""A Google spreadsheet as the workbook: read whole, written back by key in one atomic update."""
