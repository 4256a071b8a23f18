"""The weekly summary for the spokesperson: figures, words, chart, page, PDF and message."""
