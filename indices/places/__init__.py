"""Which places a text is about: the office's own regency down to the village, the rest coarsely."""
