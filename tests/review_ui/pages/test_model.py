"""The sample of unflagged posts in the queue, and what the page of the model tells."""

from __future__ import annotations

from collections.abc import Callable

from indices.audit_sample.drawing import DrawnSample, append_sample
from indices.documents import Review, ReviewStatus
from indices.drift_history import append_week
from indices.model_history import ChangeKind, ModelChange, Standing, append_change
from tests.factories import NOW, a_week, an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post

AsRole = Callable[[str], Visitor]


def draw_unflagged(newsroom: Newsroom) -> str:
    from datetime import UTC, datetime

    post = a_social_post(71, text="Jembatan baru dibuka besok kata tetangga")
    newsroom.store.upsert_posts([post])
    unflagged = an_assessment(
        post_id=post.id, text_hash=post.text_hash, flagged=False, probability=0.31
    )
    newsroom.store.put_assessments([unflagged])
    newsroom.store.refresh()
    now = datetime.now(UTC)
    drawn = DrawnSample(drawn_on=now.date(), drawn_at=now, post_ids=(post.id,), population=40)
    append_sample(newsroom.settings.home, drawn)
    return post.id


def test_a_sampled_post_waits_in_its_own_tab_without_the_machines_word(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    post_id = draw_unflagged(newsroom)
    visitor = as_role("penelaah")
    assert "Jembatan baru" not in visitor.get("/antrean")
    page = visitor.get("/antrean?status=sampel")
    assert "Sampel pemeriksaan" in page
    assert "Jembatan baru" in page
    assert "31 %" not in page
    assert "Cocok dengan cek fakta" not in page
    assert "Belum ada sampel yang ditelaah" in page
    hidden = "penilaian mesin disembunyikan sampai seseorang memutuskan"
    alone = visitor.get(f"/unggahan/{post_id}")
    assert hidden in alone
    assert "31 %" not in alone
    token = visitor.token()
    form = {"csrf_token": token, "choice": "not_an_issue", "version": "0"}
    assert visitor.client.post(f"/antrean/{post_id}", data=form).status_code == 303
    decided = visitor.get(f"/unggahan/{post_id}")
    assert hidden not in decided
    assert "31 %" in decided
    page = visitor.get("/antrean?status=sampel")
    assert "Jembatan baru" not in page.split("Sampel baru diambil")[1]
    assert "0 dari 1 sampel yang ditelaah" in page


def test_changes_drift_and_misses_stand_on_the_models_page(
    newsroom: Newsroom, as_role: AsRole
) -> None:
    home = newsroom.settings.home
    change = ModelChange(
        kind=ChangeKind.REFUSED,
        at=NOW,
        model="luruskan-0.1-aa+bb",
        before="luruskan-0.1-aa",
        n_posts=640,
        n_reviews=12,
        was=Standing(threshold=0.467, false_flags=0.031),
        now=Standing(threshold=0.52, false_flags=0.084),
        reasons=("Akan menandai 8% unggahan biasa; paling banyak 5%.",),
    )
    append_change(home, change)
    append_week(home, a_week("2026-W46", drifted=("language",), distances={"language": 0.4}))
    post_id = draw_unflagged(newsroom)
    newsroom.store.put_review(
        Review(post_id=post_id, version=1, status=ReviewStatus.MONITORED, reviewed_at=NOW)
    )
    page = as_role("juru_bicara").get("/model")
    for text in (
        "640 unggahan, 12 telaah",
        "3.1 % → 8.4 %",
        "paling banyak 5%",
        "2026-W46",
        "bahasa",
        "luruskan models rollback",
        "1 dari 1 sampel",
    ):
        assert text in page, text


def test_an_office_whose_model_never_changed_is_told_so(as_role: AsRole) -> None:
    page = as_role("admin").get("/model")
    assert "Model belum pernah berubah di sini." in page
    assert "Belum diukur" in page
