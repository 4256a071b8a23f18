"""What keeps the desk from doing harm; every service asks here, and no page can go round it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from indices.documents import Post, SourceKind, Verdict
from indices.identity import canonical_url
from indices.store import Store
from review_ui.desk.errors import GuardError, NotAllowedError
from review_ui.desk.models import Case, CasePost, OfficialFact, RebuttalVersion, User
from review_ui.desk.vocabulary import EXITS, N_, CaseStatus, DecisionKind, LinkRole

CLAIM_LENGTH = (15, 300)
_CLAIM_WORDS = 4
_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?\w)")
_BLANK_LETTERS = re.compile("[\u115f\u1160\u3164\uffa0]")
"""Hangul fillers: letters by the book, nothing to the eye."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|drs|dra|ir|h|hj|prof|no|jl|rp|kab|kec|kel|ds|st|tgl|dll|dsb|dkk|pt|cv|ust|kh"
    r"|s|m|a|b|mr|mrs|sdr|gg|rt|rw|pp|uu|art|hlm)|\b[a-z])\.$",
    re.IGNORECASE,
)
_OWN_SITE_CONNECTORS = {"feed", "sitemap", "page"}


def says_something(text: str) -> bool:
    """Whether a reader sees at least a letter or a digit; spaces come without width as well."""
    return any(sign.isalnum() for sign in _BLANK_LETTERS.sub("", text))


def check_claim(claim: str) -> str:
    """Criticism guard: the claim as one checkable sentence, tidied.

    Raises:
        GuardError: it is missing, too short or long, several sentences, or a question.
    """
    tidy = " ".join(claim.split())
    if not says_something(tidy):
        raise GuardError(N_("Tuliskan klaimnya: satu kalimat yang bisa diperiksa."))
    shortest, longest = CLAIM_LENGTH
    if len(tidy) < shortest or _count_words(tidy) < _CLAIM_WORDS:
        raise GuardError(N_("Klaim terlalu pendek untuk diperiksa; sebut siapa, apa, dan di mana."))
    if len(tidy) > longest:
        raise GuardError(N_("Klaim terlalu panjang; cukup satu kalimat, paling banyak 300 huruf."))
    if "?" in tidy:
        raise GuardError(N_("Pertanyaan bukan klaim; tuliskan pernyataan yang bisa diperiksa."))
    if _count_sentences(tidy) > 1:
        raise GuardError(N_("Klaim harus satu kalimat; buat isu lain untuk klaim yang lain."))
    return tidy


def _count_words(text: str) -> int:
    return sum(1 for word in text.split() if says_something(word))


def _count_sentences(text: str) -> int:
    ends = list(_SENTENCE_END.finditer(text))
    real = [end for end in ends if not _ABBREVIATION.search(text[: end.start() + 1])]
    return len(real) + 1


def check_checkable(*, checkable: bool) -> None:
    """Criticism guard: somebody said that it is a fact to check, not an opinion."""
    if not checkable:
        raise GuardError(
            N_("Isu hanya untuk klaim faktual. Opini, kritik, dan satire ditutup tanpa label.")
        )


def is_press(store: Store, post: Post) -> bool:
    """Whether a post is the press's: by its source, or because it lies on a press outlet's site."""
    if post.source_kind is SourceKind.PRESS:
        return True
    return _speaks_for_press(store, post.source_id, [post.url, post.canonical_url])


def _speaks_for_press(store: Store, source_id: str, urls: Iterable[str]) -> bool:
    source = store.find_source(source_id)
    if source is not None and source.kind is SourceKind.PRESS:
        return True
    known = [source for source in store.iter_sources() if source.connector in _OWN_SITE_CONNECTORS]
    others = _hosts(source.url for source in known if source.kind is not SourceKind.PRESS)
    press = _hosts(source.url for source in known if source.kind is SourceKind.PRESS) - others
    asked = _hosts(urls) - others
    return any(host == site or host.endswith(f".{site}") for host in asked for site in press)


def _hosts(urls: Iterable[str]) -> set[str]:
    """Hosts as `canonical_url` writes them, so that no port, dot or capital leads round."""
    return {urlsplit(canonical_url(url)).netloc for url in urls} - {""}


def check_press_posts(store: Store, case: Case, verdict: Verdict) -> None:
    """Press guard: no HOAKS while a press post is linked as carrying the claim.

    Raises:
        GuardError: one is; offer a letter of hak jawab or hak koreksi instead.
        StoreUnavailableError: what the sources are now cannot be known, so nothing passes.
    """
    if verdict is not Verdict.HOAX:
        return
    mark_press_posts(store, case)
    if any(post.is_press for post in case.carriers):
        raise GuardError(
            N_(
                "Isu ini memuat unggahan pers, jadi tidak boleh berlabel HOAKS. Gunakan hak jawab"
                " atau hak koreksi, atau tautkan unggahan itu sebagai pemberitaan saja."
            )
        )


def mark_press_posts(store: Store, case: Case) -> None:
    """Mark posts whose source is known as press by now; a mark is never taken back."""
    records = store.find_records([post.post_id for post in case.posts])
    for post in case.posts:
        record = records.get(post.post_id)
        known_now = record is not None and is_press(store, record.post)
        linked_from_press = _speaks_for_press(store, post.source_id, [post.url])
        post.is_press = post.is_press or known_now or linked_from_press


def check_press_link(case: Case, link: CasePost) -> None:
    """Press guard: a press post never joins a HOAKS case as one that carries the claim."""
    if not (link.is_press and link.role is LinkRole.CARRIES) or case.rebuttal is None:
        return
    standing = (case.rebuttal.in_work, case.rebuttal.published)
    if any(version and version.verdict is Verdict.HOAX for version in standing):
        raise GuardError(
            N_(
                "Klarifikasi isu ini berlabel HOAKS; unggahan pers hanya bisa ditautkan sebagai"
                " pemberitaan."
            )
        )


def check_two_people(version: RebuttalVersion, approver: User) -> None:
    """Two people: whoever wrote any part of a version never approves it, whatever their role."""
    if approver.id in version.contributor_ids:
        raise NotAllowedError(
            N_("Anda ikut menulis naskah ini; persetujuan harus dari orang lain.")
        )


def check_decided(case: Case) -> None:
    """Decide before answering: no draft without a decision to respond that still holds."""
    if case.decision is None or case.decision.kind is not DecisionKind.RESPOND:
        raise GuardError(N_("Putuskan dulu untuk menanggapi isu ini sebelum menulis draf."))


def check_answerable(case: Case) -> None:
    """A case that was closed without a label gets no answer."""
    ignored = case.status is CaseStatus.DONE and not (case.rebuttal and case.rebuttal.published)
    if case.status in EXITS or ignored:
        raise GuardError(N_("Isu ini sudah ditutup; buka kembali dulu."))


def names_source(fact: OfficialFact) -> bool:
    """Whether an official source says whose it is and which document."""
    return says_something(fact.agency) and says_something(fact.document)


def check_sources(version: RebuttalVersion) -> None:
    """Sources required: at least one official source that names its agency and document."""
    if not any(names_source(fact) for fact in version.facts):
        raise GuardError(
            N_("Cantumkan sedikitnya satu sumber resmi: nama instansi dan dokumennya.")
        )
