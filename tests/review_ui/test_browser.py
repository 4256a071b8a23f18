"""One journey in a real browser, every page of it audited by axe."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from indices.documents import GroupMember, Reason
from tests.factories import an_assessment
from tests.review_ui.newsroom import CLAIM, FULL_TEXT, PASSWORD, Newsroom, a_social_post

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    # Not waitress: it cannot be stopped from outside while a browser still asks for something.
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


class Person:
    """Somebody at a browser, whose console must stay silent and whose pages must be accessible."""

    def __init__(self, browser: Browser, address: str, scheme: str = "light") -> None:
        self.page: Page = browser.new_context(
            base_url=address,
            color_scheme=scheme,  # type: ignore[arg-type]  # a literal of playwright's
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",  # or axe measures a colour halfway from one to another
        ).new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.complaints.append(getattr(message, "text", ""))

    def sign_in(self, name: str) -> None:
        self.page.goto("/masuk")
        self.page.get_by_label("Surel").fill(f"{name}@lembahsarang.example")
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.wait_for_selector("[data-row]")

    def look(self) -> None:
        """Audit what is on the screen."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{self.page.url} scrolls sideways"
        assert self.complaints == [], self.page.url


def test_from_the_queue_to_the_public_page(
    newsroom: Newsroom, browser: Browser, address: str
) -> None:
    reviewer = Person(browser, address)
    reviewer.sign_in("penelaah")
    reviewer.look()
    page = reviewer.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url("**/isu/baru?*")
    reviewer.look()
    page.get_by_label("Klaim yang akan diperiksa").fill(CLAIM)
    page.get_by_label("Ini klaim faktual").check()
    page.get_by_role("button", name="Buka isu").click()
    page.wait_for_url("**/isu/1")
    reviewer.look()
    for field in ("harm", "reach", "speed", "locality"):
        page.locator(f"label[for={field}-high]").click()
    page.locator("#reason").fill("Warga berhenti memakai air.")
    page.get_by_role("button", name="Tanggapi").click()
    page.get_by_role("link", name="Tulis draf").click()
    reviewer.look()
    _write_draft(page)
    reviewer.look()
    page.get_by_role("button", name="Simpan dan ajukan").click()
    page.wait_for_url("**/isu/1")

    editor = Person(browser, address, scheme="dark")
    editor.sign_in("redaktur")
    page = editor.page
    page.goto("/persetujuan")
    editor.look()
    page.get_by_role("link", name=FULL_TEXT.headline).click()
    editor.look()
    page.get_by_role("button", name="Setujui naskah ini").click()
    page.get_by_role("link", name="Lihat dan terbitkan").click()
    assert not page.get_by_role("button", name="Terbitkan sekarang").is_visible(), "asks first"
    page.get_by_text("Terbitkan …").click()
    editor.look()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.get_by_role("link", name="Buka halaman publik").first.click()
    editor.look()
    assert page.get_by_role("heading", level=1).inner_text() == FULL_TEXT.headline


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "text",
    [
        f"{'x' * 500} {'w' * 500}",
        "Jembatan akan roboh malam ini. " * 3300,
        "\u202eterbalik \u2066 " + "\u200b" * 300 + "\u0645\u0631\u062d\u0628\u0627",
        "b" + "\u0336\u0301\u0300" * 100 + "anjir",
    ],
    ids=["long words", "100,000 characters", "directions", "stacked marks"],
)
def test_no_post_breaks_the_page(
    newsroom: Newsroom, browser: Browser, address: str, width: int, text: str
) -> None:
    post = a_social_post(66, title=text[:700], text=text)
    newsroom.store.upsert_posts([post])
    reasons = (Reason(code="x", text=text[:300], weight=1.0),)
    newsroom.store.put_assessments(
        [an_assessment(post_id=post.id, text_hash=post.text_hash, reasons=reasons)]
    )
    newsroom.store.refresh()
    case = newsroom.case(post)
    newsroom.session.commit()
    person = Person(browser, address)
    person.page.set_viewport_size({"width": width, "height": 860})
    person.sign_in("penelaah")
    for path in (
        f"/unggahan/{post.id}",
        "/cari",
        f"/isu/{case.id}",
        f"/isu/baru?unggahan={post.id}",
    ):
        person.page.goto(path)
        wide = person.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        tall = person.page.evaluate("document.documentElement.scrollHeight")
        assert not wide, path
        assert tall < 8000, path


def _write_draft(page: Page) -> None:
    for field in ("headline", "fact", "myth", "explanation", "fact_again"):
        page.locator(f"#{field}").fill(getattr(FULL_TEXT, field))
    page.locator("#verdict").select_option("HOAKS")
    assert "lr-no" in (page.locator("[data-check=sources]").get_attribute("class") or "")
    page.locator("#falsehood_type").select_option("false_context")
    page.locator("#agency-1").fill("Dinas Kesehatan")
    page.locator("#document-1").fill("Laporan uji 440/112")
    assert page.locator(".lr-checklist .lr-no").count() == 0, "the list follows what is typed"


def test_the_queue_is_worked_with_the_keyboard(
    newsroom: Newsroom, browser: Browser, address: str
) -> None:
    reviewer = Person(browser, address)
    reviewer.sign_in("penelaah")
    page = reviewer.page
    assert page.locator("[data-row]").count() == 6
    page.keyboard.press("?")
    assert page.locator("#bantuan").is_visible()
    page.keyboard.press("j")
    first = page.locator(".lr-selected").get_attribute("id")
    page.keyboard.press("x")
    page.wait_for_selector(".lr-flash")
    assert page.locator("[data-row]").count() == 5
    assert page.locator(f"#{first}").count() == 0
    assert page.locator(".lr-selected").count() == 1, "the next one is a key away"
    page.keyboard.press("u")
    page.wait_for_selector(f"#{first}")
    assert reviewer.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible(
    newsroom: Newsroom, browser: Browser, address: str, scheme: str, width: int
) -> None:
    version = newsroom.published(newsroom.case())
    draft = newsroom.draft(newsroom.case(a_social_post(2)))
    newsroom.session.commit()
    person = Person(browser, address, scheme)
    person.page.set_viewport_size({"width": width, "height": 860})
    person.page.goto("/masuk")
    person.look()
    person.sign_in("segala")
    for path in (
        "/antrean",
        f"/unggahan/{a_social_post(1).id}",
        "/isu",
        "/isu/1",
        "/isu/2",
        "/isu/2/ubah",
        f"/naskah/{version.id}",
        f"/naskah/{draft.id}",
        "/persetujuan",
        "/cari?q=air",
        "/sumber",
        "/audit",
        "/pengguna",
        "/klarifikasi",
        f"/klarifikasi/{version.rebuttal.slug}",
    ):
        person.page.goto(path)
        person.look()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_claim_group_is_overruled_with_the_keyboard(
    newsroom: Newsroom, browser: Browser, address: str, scheme: str, width: int
) -> None:
    posts = [a_social_post(number) for number in (41, 42, 43)]
    newsroom.store.upsert_posts(posts)
    newsroom.store.put_members(
        [
            GroupMember(post_id=p.id, text_hash=p.text_hash, group_id="20261116-a", like_id=like)
            for p, like in zip(posts, ("", posts[0].id, posts[0].id), strict=True)
        ]
    )
    person = Person(browser, address, scheme)
    person.page.set_viewport_size({"width": width, "height": 860})
    person.sign_in("penelaah")
    person.page.goto(f"/unggahan/{posts[1].id}")
    person.look()
    person.page.get_by_role("button", name="Keluarkan unggahan ini dari kelompok").press("Enter")
    person.page.get_by_text("Unggahan dikeluarkan dari kelompoknya.").wait_for()
    person.look()
    for path in ("/kelompok", "/kelompok/20261116-a"):
        person.page.goto(path)
        person.look()
    change = next(iter(newsroom.store.iter_group_changes()))
    person.page.goto(f"/kelompok/{change.to_group}")
    person.look()
    assert newsroom.store.find_members([posts[1].id])[posts[1].id].by_person
