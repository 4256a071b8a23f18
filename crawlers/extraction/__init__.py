"""What an article page holds: title, text, time, author, and why it was taken to be so."""
