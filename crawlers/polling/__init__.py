"""When a source is read next: often enough for how it publishes, ever later while it fails."""
