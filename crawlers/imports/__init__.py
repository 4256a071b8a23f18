"""Exports of platforms that give an office no access, and lists that offices keep themselves."""
