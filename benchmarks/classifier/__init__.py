"""What judging costs."""
