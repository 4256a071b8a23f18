"""Invented claims, each told three times, and the benchmark that reads them."""
