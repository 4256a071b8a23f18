"""Why a source could not be crawled, in words of the interface; the crawler's own stay too."""

from __future__ import annotations

from flask_babel import gettext

from review_ui.desk.vocabulary import N_

_REASONS = (
    ("x_monthly_rupiah", N_("Anggaran bulan ini untuk X sudah habis.")),
    ("midnight Pacific", N_("Kuota YouTube hari ini sudah habis; besok dibaca lagi.")),
    ("credit at X", N_("Kredit kantor di X sudah habis.")),
    (
        "platforms.",
        N_("Kunci untuk platform ini belum diatur atau ditolak. Hubungi administrator."),
    ),
    ("no public preview", N_("Kanal ini tertutup, atau pratinjaunya dimatikan.")),
    (
        "no longer",
        N_("Ada unggahan yang tidak bisa diambil lagi, karena terlalu lama tidak dibaca."),
    ),
    (
        "seven days",
        N_("Ada unggahan yang tidak bisa diambil lagi, karena terlalu lama tidak dibaca."),
    ),
    ("changed", N_("Susunan jawaban platform ini tampaknya berubah. Laporkan kepada pengembang.")),
    ("host name", N_("Nama situsnya tidak ditemukan. Periksa alamat sumbernya.")),
    ("refuses connections", N_("Situs ini menolak sambungan. Coba lagi nanti.")),
    ("timeout_seconds", N_("Situs ini terlalu lama menjawab. Coba lagi nanti.")),
    ("max_body_bytes", N_("Isinya melebihi batas ukuran.")),
    ("broke off", N_("Sambungan terputus di tengah jalan. Coba lagi nanti.")),
    (
        "robots.txt",
        N_("Situs ini melarang pengambilan otomatis, atau robots.txt-nya tidak terbaca."),
    ),
    ("asks to wait", N_("Situs ini minta ditunggu; pengambilan berikutnya mencoba lagi.")),
    ("the site answers", N_("Situs ini menjawab dengan kesalahan. Periksa alamat sumbernya.")),
    ("redirects", N_("Situs ini mengalihkan ke alamat yang tidak bisa dipakai.")),
    ("private network", N_("Alamatnya di jaringan pribadi, jadi tidak diambil.")),
    ("feed", N_("Alamat ini tidak berisi umpan RSS atau Atom yang utuh.")),
    ("sitemap", N_("Alamat ini tidak berisi peta situs yang utuh.")),
    ("no account", N_("Akunnya tidak ditemukan di server itu.")),
    ("Mastodon", N_("Server ini tidak menjawab seperti Mastodon.")),
    ("stopped", N_("Pengambilan dihentikan sebelum selesai; yang berikutnya melanjutkan.")),
    ("items could be taken", N_("Tidak satu pun butirnya bisa diambil.")),
    ("could not be fetched", N_("Situs ini tidak bisa dihubungi. Coba lagi nanti.")),
)
"""Told by a part of the crawler's sentence, the narrower first."""
_UNKNOWN = N_("Sumber ini tidak bisa dibaca.")


def explain_trouble(error: str) -> str:
    """What went wrong and what may help; the crawler's own words stand beside it."""
    words = " ".join(word for word in error.split() if "://" not in word)
    return str(gettext(next((text for part, text in _REASONS if part in words), _UNKNOWN)))
