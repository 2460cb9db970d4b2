"""From the cells of a workbook to typed columns, and every doubt as a problem with its address."""
