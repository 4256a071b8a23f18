"""The demo desk: made once, through the desk's own services, and left as people leave it."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from indices.documents import Post, SourceKind
from indices.embedded.store import EmbeddedStore
from indices.errors import BadInputError
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import Settings
from review_ui.demo.jobs import fill_demo_desk
from review_ui.demo.people import read_people
from review_ui.demo.plans import load_plans
from review_ui.desk.database import desk_session
from review_ui.desk.models import AuditEvent, Case, RebuttalVersion
from review_ui.desk.users import get_user
from review_ui.desk.vocabulary import CaseStatus
from tests.factories import NOW, a_post, a_source
from tests.review_ui.newsroom import a_social_post

TEXTS = (
    "Bendungan Rantau Perupuk retak, segera mengungsi",
    "Penculik anak bermobil putih di depan sekolah",
    "Air PDAM beracun, jangan diminum",
    "Sekolah libur dua minggu, ada surat edaran",
    "RSUD menolak pasien BPJS mulai bulan depan",
    "Pajak pekarangan: tiap ayam lima ribu",
    "Sudah tiga surat kami kirim soal jalan poros",
)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[JobContext]:
    store = EmbeddedStore.open(tmp_path / "index.sqlite")
    store.put_source(a_source(id="warga", kind=SourceKind.PLATFORM, connector="mastodon"))
    store.put_source(a_source())
    store.upsert_posts([*_posts(), _press_post()])
    settings = Settings(home=tmp_path, desk={"secret_key": "s" * 40, "password_salt": "g" * 40})
    yield JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    store.close()


def _posts() -> list[Post]:
    return [
        a_social_post(number, text=text, published_at=NOW - timedelta(days=4))
        for number, text in enumerate(TEXTS, start=1)
    ]


def _press_post() -> Post:
    return a_post(
        title="Balai: Bendungan Rantau Perupuk aman", text="Kabar bahwa bendungan retak keliru."
    )


def test_the_cases_stand_at_different_points_of_the_work(context: JobContext) -> None:
    report = fill_demo_desk(context)
    assert report.counts == {"users": 3, "cases": 7, "new": 7}
    with desk_session(context.settings) as session:
        statuses = [case.status for case in session.scalars(select(Case))]
    assert sorted(statuses) == sorted(
        [
            CaseStatus.PUBLISHED,
            CaseStatus.PUBLISHED,
            CaseStatus.APPROVAL,
            CaseStatus.DRAFT,
            CaseStatus.REVIEWED,
            CaseStatus.MONITORED,
            CaseStatus.OPINION,
        ]
    )


def test_nobody_approved_their_own_text_and_nothing_lies_in_the_future(
    context: JobContext,
) -> None:
    fill_demo_desk(context)
    with desk_session(context.settings) as session:
        published = session.scalars(
            select(RebuttalVersion).where(RebuttalVersion.published_at.is_not(None))
        ).all()
        moments = session.scalars(select(AuditEvent.happened_at)).all()
        assert published
        assert all(version.approver_id not in version.contributor_ids for version in published)
        assert all(version.facts for version in published)
    assert max(moments) <= NOW


def test_the_press_that_corrected_a_rumour_is_never_one_of_its_carriers(
    context: JobContext,
) -> None:
    fill_demo_desk(context)
    with desk_session(context.settings) as session:
        case = session.scalars(select(Case).where(Case.title.contains("bendungan"))).one()
        assert [link.is_press for link in case.carriers] == [False]
        assert len(case.posts) == 2


def test_a_second_run_changes_nothing(context: JobContext) -> None:
    fill_demo_desk(context)
    before = read_people(context.settings.home / "demo-users.json")
    with desk_session(context.settings) as session:
        case = session.scalars(select(Case)).first()
        assert case is not None
        case.title = "Judul yang diubah orang"
        events = len(session.scalars(select(AuditEvent)).all())
    assert fill_demo_desk(context).counts["new"] == 0
    assert read_people(context.settings.home / "demo-users.json") == before
    with desk_session(context.settings) as session:
        assert len(session.scalars(select(AuditEvent)).all()) == events
        assert session.scalars(select(Case.title)).first() == "Judul yang diubah orang"


def test_passwords_are_for_the_owner_only_and_can_be_made_anew(context: JobContext) -> None:
    fill_demo_desk(context)
    path = context.settings.home / "demo-users.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {user["role"] for user in json.loads(path.read_text())} == {
        "penelaah",
        "redaktur",
        "juru_bicara",
    }
    with desk_session(context.settings) as session:
        before = get_user(session, "penelaah@lembahsarang.example").password
    path.unlink()
    fill_demo_desk(context)
    with desk_session(context.settings) as session:
        assert get_user(session, "penelaah@lembahsarang.example").password != before


def test_a_broken_file_of_passwords_names_the_mend(context: JobContext) -> None:
    (context.settings.home / "demo-users.json").write_text("[{")
    with pytest.raises(BadInputError, match="delete it to get new passwords"):
        fill_demo_desk(context)


def test_without_posts_there_are_people_but_no_cases(context: JobContext) -> None:
    context.store.delete_posts_before(NOW + timedelta(days=9), keep_cases=False)
    assert fill_demo_desk(context).counts == {"users": 3, "cases": 0, "new": 0}


def test_every_plan_says_that_it_is_invented() -> None:
    for plan in load_plans():
        words = [plan.exit_note, plan.weighing.reason if plan.weighing else ""]
        assert any("Data contoh: rekaan" in text for text in words), plan.text.title
