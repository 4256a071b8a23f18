"""The record: documents, the store that keeps them, and the `luruskan` command."""
