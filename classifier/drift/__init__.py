"""Whether the posts of a week are still like those before: measured weekly, alarmed once."""
