"""Sources as TOML: the shipped list of outlets and sites, and lists that offices exchange."""
