"""How often the language of sentences is told rightly, by language.

`python -m benchmarks.languages [--misses]`: invented ones.
`LURUSKAN_TEST_DATA=... python -m benchmarks.languages --real [--misses]`: posts with labels.
"""

from __future__ import annotations

import csv
import gzip
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from indices.languages.guessing import guess_language

SENTENCES = Path(__file__).parent / "sentences.txt"
LABELS = Path(__file__).parent / "labels.txt"
_SECONDS = 2.0


def read_sentences() -> list[tuple[str, str]]:
    """Code and text of each."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(code.strip(), text.strip()) for code, text in rows]


def read_labelled() -> Iterator[tuple[str, list[str], str]]:
    """Part, languages that are right, and text of each labelled post of the research data."""
    directory = Path(os.environ["LURUSKAN_TEST_DATA"])
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        part, file, labels, numbers = (word.strip() for word in line.split("|"))
        with gzip.open(directory / f"{file}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
            texts = [row["text"] for row in csv.DictReader(stream)]
        for number in numbers.split():
            yield part, labels.split(), texts[int(number)]


def show_labelled(misses: bool) -> None:
    """A table of each part: what the label says first, and what was told."""
    rows = [(part, labels, text, guess_language(text)) for part, labels, text in read_labelled()]
    click.echo("| part | label | n | right | unsure | wrong |")
    click.echo("| --- | --- | --: | --: | --: | --- |")
    for part, label in dict.fromkeys((part, labels[0]) for part, labels, _, _ in rows):
        told = [(r[1], r[3].code) for r in rows if (r[0], r[1][0]) == (part, label)]
        right = sum(code in labels for labels, code in told)
        unsure = sum(code == "unsure" and code not in labels for labels, code in told)
        wrong = Counter(code for labels, code in told if code not in {*labels, "unsure"})
        others = ", ".join(f"{code} {count}" for code, count in wrong.most_common())
        click.echo(f"| {part} | {label} | {len(told)} | {right} | {unsure} | {others} |")
    for _, labels, text, guessed in rows if misses else ():
        if guessed.code not in labels:
            click.echo(f"{'/'.join(labels)} -> {guessed.code} ({guessed.why}) | {text[:120]}")


@click.command()
@click.option("--misses", is_flag=True, help="Show what was told otherwise.")
@click.option("--real", is_flag=True, help="Labelled posts of LURUSKAN_TEST_DATA instead.")
def main(misses: bool, real: bool) -> None:
    """Print the tables of docs/performance/languages.md."""
    if real:
        show_labelled(misses)
        return
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
