"""How well each source is seen: a silent zero is the worst failure of a monitor."""
