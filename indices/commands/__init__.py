"""The `luruskan` command: a group that installed packages fill through `luruskan.commands`."""
