"""How often the language of invented sentences is told rightly, by language.

`python -m benchmarks.languages [--misses]`
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import click

from indices.languages.guessing import guess_language

SENTENCES = Path(__file__).parent / "sentences.txt"
_SECONDS = 2.0


def read_sentences() -> list[tuple[str, str]]:
    """Code and text of each."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(code.strip(), text.strip()) for code, text in rows]


@click.command()
@click.option("--misses", is_flag=True, help="Show what was told otherwise.")
def main(misses: bool) -> None:
    """Print the table of docs/performance/languages.md."""
    sentences = read_sentences()
    click.echo("| language | n | right | unsure | taken for |")
    click.echo("| --- | --: | --: | --: | --- |")
    for language in dict.fromkeys(code for code, _ in sentences):
        texts = [text for code, text in sentences if code == language]
        told = Counter(guess_language(text).code for text in texts)
        right, unsure = told.pop(language, 0), told.pop("unsure", 0)
        wrong = ", ".join(f"{code} {count}" for code, count in told.most_common())
        click.echo(f"| {language} | {len(texts)} | {right} | {unsure} | {wrong} |")
    for code, text in sentences if misses else ():
        guessed = guess_language(text)
        if guessed.code != code:
            click.echo(f"{code} -> {guessed.code} {guessed.why} | {text}")
    done, started = 0, time.process_time()
    while time.process_time() - started < _SECONDS:
        done += len([guess_language(text) for _, text in sentences])
    click.echo(f"\n{done / (time.process_time() - started):,.0f} sentences a second of one core")


if __name__ == "__main__":
    main()
