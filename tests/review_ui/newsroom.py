"""A small desk for tests: a real SQLite file, a real embedded index, four people, some posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from indices.documents import Post, SourceKind, Verdict
from indices.embedded.store import EmbeddedStore
from indices.identity import post_id
from indices.settings import Settings
from review_ui.desk import cases, rebuttals
from review_ui.desk.cases import CaseText, Weighing
from review_ui.desk.context import Desk
from review_ui.desk.database import open_database
from review_ui.desk.models import Case, RebuttalVersion, User
from review_ui.desk.rebuttals import Citation, RebuttalText
from review_ui.desk.users import NewUser, add_user, get_user
from review_ui.desk.vocabulary import DecisionKind, FalsehoodType, Mark, RoleName, Topic
from tests.factories import NOW, a_fact_check, a_post, a_source, an_assessment

PASSWORD = "kata-sandi-untuk-uji"
PEOPLE = {
    "penelaah": (RoleName.REVIEWER,),
    "redaktur": (RoleName.EDITOR,),
    "redaktur2": (RoleName.EDITOR,),
    "juru_bicara": (RoleName.SPOKESPERSON,),
    "admin": (RoleName.ADMIN,),
    "segala": (RoleName.ADMIN, RoleName.EDITOR),
}
CLAIM = "Air PDAM Lembah Sarang tercemar limbah sejak Senin 9 November 2026."
FULL_TEXT = RebuttalText(
    headline="Air PDAM Lembah Sarang aman diminum, hasil uji 10 November",
    fact="Uji laboratorium 10 November menunjukkan air PDAM memenuhi baku mutu.",
    myth="Beredar pesan bahwa air PDAM tercemar limbah.",
    explanation="Foto pada pesan itu berasal dari sungai di daerah lain.",
    fact_again="Air PDAM Lembah Sarang memenuhi baku mutu.",
    verdict=Verdict.HOAX,
    falsehood_type=FalsehoodType.FALSE_CONTEXT,
    sources=(
        Citation(
            agency="Dinas Kesehatan Lembah Sarang",
            document="Laporan uji 440/112",
            url="https://dinkes.lembahsarang.example/uji-112",
            dated_on=date(2026, 11, 10),
        ),
    ),
)


def a_social_post(number: int = 1, **over: object) -> Post:
    """A post of an invented instance; numbers give different posts."""
    url = f"https://warga.lembahsarang.example/@warga/{number}"
    values: dict[str, object] = {
        "id": post_id("mastodon", url),
        "source_id": "warga",
        "source_kind": SourceKind.PLATFORM,
        "platform": "mastodon",
        "url": url,
        "canonical_url": url,
        "title": "",
        "text": f"Awas! Air PDAM tercemar limbah sejak kemarin, jangan diminum. Pesan ke-{number}",
        "author": "warga-7f3a",
        "published_at": NOW - timedelta(hours=number),
    }
    return a_post(**values | over)


@dataclass
class Newsroom:
    """Everything a test of the desk needs."""

    settings: Settings
    store: EmbeddedStore
    engine: Engine
    session: Session
    minutes: int = field(default=0)

    def close(self) -> None:
        self.session.close()
        self.engine.dispose()
        self.store.close()

    def user(self, name: str) -> User:
        return get_user(self.session, f"{name}@lembahsarang.example")

    def desk(self, name: str) -> Desk:
        """The desk as this person sees it, a minute later each time."""
        self.minutes += 1
        return Desk(
            session=self.session,
            store=self.store,
            settings=self.settings,
            user=self.user(name),
            now=NOW + timedelta(minutes=self.minutes),
        )

    def case(self, *posts: Post, decided: bool = True) -> Case:
        """A case of the reviewer's, with these posts (or one), decided to respond to."""
        desk = self.desk("penelaah")
        case = cases.open_case(desk, CaseText(claim=CLAIM, topic=Topic.HEALTH))
        for post in posts or (a_social_post(),):
            cases.link_post(desk, case, post.id)
        if decided:
            cases.decide(desk, case, a_weighing())
        return case

    def draft(self, case: Case, text: RebuttalText = FULL_TEXT) -> RebuttalVersion:
        return rebuttals.start_draft(self.desk("penelaah"), case, text)

    def approved(self, case: Case, text: RebuttalText = FULL_TEXT) -> RebuttalVersion:
        version = self.draft(case, text)
        rebuttals.submit(self.desk("penelaah"), version)
        rebuttals.approve(self.desk("redaktur"), version)
        return version

    def published(self, case: Case, text: RebuttalText = FULL_TEXT) -> RebuttalVersion:
        version = self.approved(case, text)
        rebuttals.publish(self.desk("redaktur"), version)
        self.session.commit()
        return version


def a_weighing(kind: DecisionKind = DecisionKind.RESPOND) -> Weighing:
    return Weighing(
        kind=kind,
        harm=Mark.HIGH,
        reach=Mark.MEDIUM,
        speed=Mark.HIGH,
        locality=Mark.HIGH,
        reason="Warga berhenti memakai air bersih.",
    )


def open_newsroom(home: Path, settings: Settings | None = None) -> Newsroom:
    """The desk whose files lie there."""
    settings = settings or Settings(
        home=home,
        office={"name": "Media Center Lembah Sarang", "region": "Kabupaten Lembah Sarang"},
        desk={"secret_key": "s" * 40, "password_salt": "g" * 40},
    )
    engine = open_database(settings)
    return Newsroom(
        settings=settings,
        store=EmbeddedStore.open(settings.store_path),
        engine=engine,
        session=Session(engine),
    )


def fill_newsroom(room: Newsroom) -> None:
    """Give a new desk its people, two sources and a few flagged posts."""
    _fill(room.store)
    for name, roles in PEOPLE.items():
        new = NewUser(
            email=f"{name}@lembahsarang.example",
            name=name.replace("_", " ").title(),
            password=PASSWORD,
            roles=roles,
        )
        add_user(room.session, room.settings, new, NOW)
    room.session.commit()


def _fill(store: EmbeddedStore) -> None:
    store.put_source(a_source())
    store.put_source(
        a_source(
            id="warga",
            name="Warga Lembah Sarang",
            kind=SourceKind.PLATFORM,
            connector="mastodon",
            url="https://warga.lembahsarang.example",
        )
    )
    posts = [a_post(), *(a_social_post(number) for number in range(1, 6))]
    store.upsert_posts(posts)
    store.put_assessments(
        [
            an_assessment(post_id=post.id, text_hash=post.text_hash, probability=0.9 - place / 10)
            for place, post in enumerate(posts)
        ]
    )
    store.upsert_fact_checks([a_fact_check()])
    store.refresh()
