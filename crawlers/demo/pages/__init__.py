"""Page templates of the invented sites, each with its own kind of markup."""
