"""Throws broken documents at every parser that reads what strangers wrote."""
