"""Commands of collecting; each imports what is heavy only when it is called."""
