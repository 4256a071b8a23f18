"""Every command explains itself: a sentence, and an example that a terminal shows whole."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from indices.commands.main import main


def iter_commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command, info_name="luruskan")
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from iter_commands(found, (*words, name))


COMMANDS = list(iter_commands(main, ()))


def shown(words: tuple[str, ...]) -> str:
    result = CliRunner().invoke(main, [*words, "--help"], terminal_width=80, prog_name="luruskan")
    assert result.exit_code == 0, result.output
    return result.output


def test_the_walk_reaches_subcommands() -> None:
    assert ("crawl",) in COMMANDS
    assert ("users", "add") in COMMANDS
    assert ("sources", "add") in COMMANDS


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_shows_an_example_of_itself(words: tuple[str, ...]) -> None:
    text = shown(words)
    _, _, body = text.partition("Example") if words else text.partition("First steps")
    assert " ".join(("luruskan", *words)) in body, text


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_whole_sentences_that_fit_a_terminal(words: tuple[str, ...]) -> None:
    lines = shown(words).splitlines()
    assert max(map(len, lines)) <= 80, [line for line in lines if len(line) > 80]
    first = next(line for line in lines[1:] if line.strip())
    assert first.strip()[0].isupper()
    assert not any(line.rstrip().endswith("...") for line in lines if line.startswith("  -"))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_says_what_it_is_for(words: tuple[str, ...]) -> None:
    command: click.Command = main
    for word in words:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None
        command = found
    silent = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []
