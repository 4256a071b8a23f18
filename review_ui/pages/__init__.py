"""One blueprint per thing a person sees."""
