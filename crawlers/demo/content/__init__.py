"""What the invented region writes, as data, and the loader that dates it."""
