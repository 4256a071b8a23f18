"""An office's posts and reviews become a model of its own, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from classifier.artefact import load_artefact
from classifier.installing import choose, id_in_use, previous_name
from classifier.jobs import assess
from classifier.learning import learn
from classifier.office import gather, judgement_of
from indices.commands.main import main
from indices.documents import PostRecord, Review, ReviewLabel, ReviewStatus
from indices.embedded.store import EmbeddedStore
from indices.jobs import JobContext
from indices.model_history import read_changes
from indices.progress import SilentProgress
from indices.queries import PostQuery
from indices.settings import ClassifierSettings, Settings
from tests.classifier.conftest import NOW, make_post
from tests.classifier.test_assessing import SCAM
from tests.classifier.test_background import chatter

N_POSTS = 90


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobContext]:
    home: Path = tmp_path_factory.mktemp("office")
    settings = Settings(home=home, classifier=ClassifierSettings(learn_from_posts=60))
    store = EmbeddedStore.open(settings.store_path)
    posts = [replace(make_post(chatter(n), id_=f"c{n}"), source_id=f"s{n % 5}") for n in range(90)]
    store.upsert_posts([*posts, make_post(SCAM, id_="scam")])
    context = JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    assess(context)
    put_review(store, "c1", ReviewStatus.CLOSED, ReviewLabel.OPINION)
    put_review(store, "scam", ReviewStatus.IN_CASE, None)
    yield context
    store.close()


def put_review(
    store: EmbeddedStore, post_id: str, status: ReviewStatus, label: ReviewLabel | None
) -> None:
    store.put_review(
        Review(post_id=post_id, version=1, status=status, label=label, reviewed_at=NOW)
    )


def test_reviewed_posts_are_judged_and_not_presumed(context: JobContext) -> None:
    gathered = gather(context)
    presumed = {record.post.id for record in gathered.presumed}
    judged = {each.record.post.id: each.is_hoax for each in gathered.judged}
    assert judged == {"c1": False, "scam": True}
    assert presumed == {f"c{n}" for n in range(N_POSTS)} - {"c1"}
    assert gathered.left_out["judged"] == 2


def test_old_posts_are_no_background(context: JobContext) -> None:
    later = replace(context, now=NOW + timedelta(days=40))
    assert gather(later).presumed == []


@pytest.mark.parametrize(
    ("status", "label", "expected"),
    [
        (ReviewStatus.CLOSED, ReviewLabel.HOAX, True),
        (ReviewStatus.CLOSED, ReviewLabel.SATIRE, False),
        (ReviewStatus.MONITORED, None, True),
        (ReviewStatus.NEW, None, None),
        (ReviewStatus.CLOSED, ReviewLabel.OUT_OF_REGION, None),
    ],
)
def test_what_a_decision_teaches(
    status: ReviewStatus, label: ReviewLabel | None, expected: bool | None
) -> None:
    review = Review(post_id="p1", version=1, status=status, label=label, reviewed_at=NOW)
    assert judgement_of(PostRecord(post=make_post("a"), review=review)) is expected


def test_a_night_of_learning_and_the_way_back(context: JobContext) -> None:
    """One story, since each step costs an encoder: learn, read again, once a night, go back."""
    shipped = load_artefact("shipped").id
    report = learn(context)
    assert report.counts == {"posts": 89, "reviews": 2}
    (change,) = read_changes(context.settings.home)
    assert change.before == shipped
    if change.reasons:
        pytest.fail(f"refused: {change.reasons}")
    assert id_in_use(context.settings) == change.model
    assert change.was is not None
    assert change.now is not None
    assert change.now.false_flags is not None
    assert change.now.false_flags <= 0.05

    assert learn(context).counts == {"posts": 0}  # once a night
    open_flags = PostQuery(flagged=True, statuses=(ReviewStatus.NEW, ReviewStatus.TRIAGED))
    n_flags = len(list(context.store.iter_records(open_flags)))
    assert assess(context).counts["assessed"] == n_flags < N_POSTS / 2  # the rest stays as read
    assert assess(context).counts["assessed"] == 0

    tomorrow = replace(context, now=NOW + timedelta(days=1))
    choose(context.settings, previous_name(context.settings), tomorrow.now)
    assert id_in_use(context.settings) == shipped
    next_week = replace(context, now=NOW + timedelta(days=7))
    assert learn(next_week).counts == {"posts": 0}  # a person chose; only a person goes on


def test_too_few_posts_are_no_lesson(context: JobContext, tmp_path: Path) -> None:
    few = Settings(home=tmp_path, classifier=ClassifierSettings(learn_from_posts=500))
    assert learn(replace(context, settings=few)).counts["posts"] == 0
    never = Settings(home=tmp_path, classifier=ClassifierSettings(learn_from_posts=0))
    assert learn(replace(context, settings=never)).counts == {"posts": 0}
    assert not read_changes(tmp_path)


def test_training_from_an_empty_office_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--home", str(tmp_path), "train", "--background"])
    assert result.exit_code == 2
    assert "0 posts to learn from; at least 50 are needed" in result.stderr


def test_the_list_of_models_and_a_way_back_that_is_none(tmp_path: Path) -> None:
    home = ["--home", str(tmp_path), "models"]
    listed = CliRunner().invoke(main, [*home, "list"])
    assert listed.stdout == f"in use: {load_artefact('shipped').id}\n"
    back = CliRunner().invoke(main, [*home, "rollback"])
    assert back.exit_code == 2
    assert "nothing to go back to" in back.stderr
