"""Summaries at the desk: for whoever may read there, and nobody else."""

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import etree

from review_ui.application import create_app
from tests.factories import NOW
from tests.review_ui.newsroom import Newsroom, a_social_post

ADDRESSES = (
    "/ringkasan/",
    "/ringkasan/2026-W46",
    "/ringkasan/2026-W46.pdf",
    "/ringkasan/2026-W46.txt",
)


@pytest.fixture
def client(newsroom: Newsroom) -> FlaskClient:
    return create_app(newsroom.settings, newsroom.store).test_client()


def sign_in(client: FlaskClient, newsroom: Newsroom, name: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = newsroom.user(name).fs_uniquifier
        session["_fresh"] = True


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_not_signed_in_is_asked_to(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert "/ringkasan" in response.headers["Location"]


@pytest.mark.parametrize("name", ["penelaah", "redaktur", "juru_bicara", "admin"])
@time_machine.travel(NOW, tick=False)
def test_every_role_may_read(client: FlaskClient, newsroom: Newsroom, name: str) -> None:
    sign_in(client, newsroom, name)
    assert [client.get(address).status_code for address in ADDRESSES] == [200] * 4


@time_machine.travel(NOW.replace(hour=12), tick=False)
def test_a_week_shows_its_answer_its_chart_and_nothing_inline(
    client: FlaskClient, newsroom: Newsroom
) -> None:
    newsroom.published(newsroom.case(a_social_post()))
    sign_in(client, newsroom, "juru_bicara")
    page = client.get("/ringkasan/2026-W47").text
    tree = etree.HTML(page)
    assert "Air PDAM Lembah Sarang aman diminum" in page
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//style | //*[@style]") == []
    assert tree.xpath("//figure/img/@src")[0].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("name", ["2026-W54", "2026-W60", "kemarin", "2030-W01", "..%2f..%2fetc"])
@time_machine.travel(NOW, tick=False)
def test_what_is_no_week_is_not_found(client: FlaskClient, newsroom: Newsroom, name: str) -> None:
    sign_in(client, newsroom, "juru_bicara")
    assert client.get(f"/ringkasan/{name}").status_code == 404
    assert client.get(f"/ringkasan/{name}.pdf").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_the_files_say_what_they_are(client: FlaskClient, newsroom: Newsroom) -> None:
    sign_in(client, newsroom, "juru_bicara")
    pdf, text = (client.get(f"/ringkasan/2026-W46.{ending}") for ending in ("pdf", "txt"))
    assert pdf.content_type == "application/pdf"
    assert pdf.data.startswith(b"%PDF-1.7")
    assert 'filename="ringkasan-2026-W46.pdf"' in pdf.headers["Content-Disposition"]
    assert text.content_type == "text/plain; charset=utf-8"
    assert len(text.text) <= 1500
