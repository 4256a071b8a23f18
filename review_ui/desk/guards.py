"""What keeps the desk from doing harm; every service asks here, and no page can go round it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from indices.documents import Post, SourceKind, Verdict
from indices.store import Store
from review_ui.desk.errors import GuardError, NotAllowedError
from review_ui.desk.models import Case, CasePost, RebuttalVersion, User
from review_ui.desk.vocabulary import EXITS, N_, CaseStatus, DecisionKind, LinkRole

CLAIM_LENGTH = (15, 300)
_CLAIM_WORDS = 4
_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|drs|dra|ir|h|hj|prof|no|jl|rp|kab|kec|kel|ds|st|tgl|dll|dsb|dkk|pt|cv|ust|kh"
    r"|s|m|a|b|mr|mrs|sdr|gg|rt|rw|pp|uu|art|hlm)|\b[a-z])\.$",
    re.IGNORECASE,
)
_OWN_SITE_CONNECTORS = {"feed", "sitemap", "page"}


def check_claim(claim: str) -> str:
    """Criticism guard: the claim as one checkable sentence, tidied.

    Raises:
        GuardError: it is missing, too short or long, several sentences, or a question.
    """
    tidy = " ".join(claim.split())
    if not tidy:
        raise GuardError(N_("Tuliskan klaimnya: satu kalimat yang bisa diperiksa."))
    shortest, longest = CLAIM_LENGTH
    if len(tidy) < shortest or len(tidy.split()) < _CLAIM_WORDS:
        raise GuardError(N_("Klaim terlalu pendek untuk diperiksa; sebut siapa, apa, dan di mana."))
    if len(tidy) > longest:
        raise GuardError(N_("Klaim terlalu panjang; cukup satu kalimat, paling banyak 300 huruf."))
    if "?" in tidy:
        raise GuardError(N_("Pertanyaan bukan klaim; tuliskan pernyataan yang bisa diperiksa."))
    if _count_sentences(tidy) > 1:
        raise GuardError(N_("Klaim harus satu kalimat; buat isu lain untuk klaim yang lain."))
    return tidy


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
    source = store.find_source(post.source_id)
    if source is not None and source.kind is SourceKind.PRESS:
        return True
    return bool(_hosts([post.url, post.canonical_url]) & _press_hosts(store))


def _press_hosts(store: Store) -> set[str]:
    sites = [source for source in store.iter_sources() if source.connector in _OWN_SITE_CONNECTORS]
    press = _hosts(source.url for source in sites if source.kind is SourceKind.PRESS)
    return press - _hosts(source.url for source in sites if source.kind is not SourceKind.PRESS)


def _hosts(urls: Iterable[str]) -> set[str]:
    found = set()
    for url in urls:
        try:
            host = urlsplit(url).netloc.lower().rpartition("@")[2]
        except ValueError:
            continue
        found.add(host.removeprefix("www.").removeprefix("m."))
    return found - {""}


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
        if not post.is_press and record is not None:
            post.is_press = is_press(store, record.post)


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


def check_sources(version: RebuttalVersion) -> None:
    """Sources required: at least one official source that names its agency and document."""
    if not any(fact.agency.strip() and fact.document.strip() for fact in version.facts):
        raise GuardError(
            N_("Cantumkan sedikitnya satu sumber resmi: nama instansi dan dokumennya.")
        )
