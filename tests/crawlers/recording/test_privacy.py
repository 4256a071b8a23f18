"""Whatever connector found a post, names are out and personal data is marked before it is kept."""

from crawlers.pseudonyms import pseudonym
from crawlers.recording.privacy import Privacy
from indices.documents import PersonalKind, SourceKind
from indices.identity import text_hash
from indices.settings import CrawlSettings
from tests.factories import a_post

PRIVACY = Privacy(CrawlSettings(pseudonym_key="kunci-uji", public_accounts=("@InfoBMKG",)))
TEXT = "Kata @sari_lembah dan @infobmkg, hubungi 0812-5501-7788"


def test_a_platform_post_loses_its_mentions_and_gets_the_hash_of_what_is_kept() -> None:
    kept = PRIVACY.protect(a_post(platform="x", source_kind=SourceKind.PLATFORM, text=TEXT))
    name = pseudonym("sari_lembah", "kunci-uji")
    assert kept.text == f"Kata @{name} dan @infobmkg, hubungi 0812-5501-7788"
    assert kept.text_hash == text_hash(kept.title, kept.text)
    assert kept.personal_data == (PersonalKind.PHONE,)
    assert PRIVACY.protect(kept) == kept


def test_the_press_may_name_whom_it_quotes_and_is_marked_all_the_same() -> None:
    kept = PRIVACY.protect(a_post(text=TEXT))
    assert (kept.text, kept.personal_data) == (TEXT, (PersonalKind.PHONE,))
