"""The desk, the public site and the weekly summary."""
