"""A draft or statement becomes subject, text, HTML, PDF and XLSX bytes."""
