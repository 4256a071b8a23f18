"""Precision, recall and posts a second of place tagging, on invented labelled sentences.

`python -m benchmarks.places [--misses] [FILE...]`
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import click

from indices.places.finding import find_places
from indices.places.gazetteer import Gazetteer
from indices.places.official import list_official
from indices.places.table import read_places

HERE = Path(__file__).parent
_SECONDS = 3.0
"""Of processor time."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with the codes that a careful reader tags."""

    group: str
    is_local: bool
    title: str
    text: str
    codes: frozenset[str]

    def found(self, gazetteer: Gazetteer) -> frozenset[str]:
        """What the finder tags."""
        tags = find_places(gazetteer, self.title, self.text, is_local=self.is_local)
        return frozenset(tag.code for tag in tags)


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The labelled sentences of a file, each with the heading that it stands under."""
    group = path.stem
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ---"):
            group = line.removeprefix("# ---").strip()
        elif line and not line.startswith("#"):
            source, text, codes = line.split("|")
            title, _, body = text.strip().rpartition("\\n")
            local = source.strip() in {"l", "s"}
            yield Sentence(group, local, title, body, frozenset(codes.split()))


def build_gazetteer() -> Gazetteer:
    """The invented regency of the demo in the midst of the real provinces and regencies."""
    invented = Path(str(files("crawlers.demo.content").joinpath("places.csv")))
    return Gazetteer([*list_official([]), *read_places(invented)])


def count(gazetteer: Gazetteer, sentences: Sequence[Sentence]) -> Counter[str]:
    """How many tags are right, wrong and missing, and how many sentences are all right."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        found = sentence.found(gazetteer)
        counts["right"] += len(found & sentence.codes)
        counts["wrong"] += len(found - sentence.codes)
        counts["missing"] += len(sentence.codes - found)
        counts["whole"] += found == sentence.codes
    return counts


def _row(name: str, number: int, counts: Counter[str]) -> str:
    given = counts["right"] + counts["wrong"]
    wanted = counts["right"] + counts["missing"]
    precision = f"{counts['right'] / given:.3f}" if given else "-"
    recall = f"{counts['right'] / wanted:.3f}" if wanted else "-"
    figures = f"{wanted} | {counts['wrong']} | {precision} | {recall}"
    return f"| {name} | {number} | {counts['whole']} | {figures} |"


def _rate(gazetteer: Gazetteer, texts: Sequence[str]) -> float:
    done, started = 0, time.process_time()
    while time.process_time() - started < _SECONDS:
        for text in texts:
            find_places(gazetteer, "", text, is_local=True)
        done += len(texts)
    return done / (time.process_time() - started)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--misses", is_flag=True, help="Show what was wrong or missed.")
def main(paths: tuple[Path, ...], misses: bool) -> None:
    """Print the tables of docs/performance/places.md."""
    gazetteer = build_gazetteer()
    everything: list[Sentence] = []
    click.echo("| sentences | n | all right | tags wanted | wrong tags | precision | recall |")
    click.echo("| --- | --: | --: | --: | --: | --: | --: |")
    for path in paths or sorted(HERE.glob("sentences*.txt")):
        sentences = list(read_sentences(path))
        for group in dict.fromkeys(sentence.group for sentence in sentences):
            chosen = [sentence for sentence in sentences if sentence.group == group]
            click.echo(_row(group, len(chosen), count(gazetteer, chosen)))
        click.echo(_row(f"**{path.stem}**", len(sentences), count(gazetteer, sentences)))
        everything += sentences
    for sentence in everything if misses else ():
        found = sentence.found(gazetteer)
        if found != sentence.codes:
            click.echo(f"{sentence.text}\n  wanted {set(sentence.codes)}, found {set(found)}")
    short = [sentence.text for sentence in everything]
    article = " ".join(short)[:2500]
    click.echo(f"\n{_rate(gazetteer, short):,.0f} sentences a second of one core")
    click.echo(
        f"{_rate(gazetteer, [article]):,.0f} articles of {len(article)} characters, all names"
    )


if __name__ == "__main__":
    main()
