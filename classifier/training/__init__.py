"""Training and measuring; nothing here is needed to assess a post."""
