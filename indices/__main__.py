"""`python -m indices` is `luruskan`."""

from indices.commands.main import main

if __name__ == "__main__":
    main(prog_name="luruskan")
