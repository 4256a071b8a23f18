"""Judge posts: match them with known fact-checks, flag what needs a person, say why."""
