"""Indonesian words that the text analysis knows by name: everyday spellings and stop words."""

from __future__ import annotations

from types import MappingProxyType

_SPELLINGS = {
    "yang": "yg yng",
    "tidak": "gak ga nggak ngga enggak engga gk tdk ndak ndk kagak kaga tak tdak",
    "dengan": "dgn dg dngn",
    "untuk": "utk untk",
    "dari": "dri",
    "pada": "pd",
    "kepada": "kpd kpda",
    "dalam": "dlm",
    "karena": "krn karna krna",
    "sudah": "sdh udah udh dah dh uda telah",
    "belum": "blm blom blum",
    "akan": "akn bakal bakalan",
    "saja": "aja aj sj",
    "juga": "jg jga",
    "jangan": "jgn jngn",
    "kalau": "kalo klo kl klu kalu",
    "bagaimana": "gimana gmn gmana bgmn",
    "kenapa": "knp knapa napa mengapa",
    "kapan": "kpn",
    "siapa": "sapa spa",
    "begitu": "gitu gt bgtu",
    "begini": "gini gni",
    "seperti": "kayak kyk kyak kaya sprti spt",
    "sekali": "banget bgt bngt bgtt",
    "orang": "org orng",
    "banyak": "bnyk byk",
    "sama": "sm sma",
    "semua": "smua smw",
    "saya": "sy gue gw gua gwe aku ak",
    "kamu": "lu lo elu elo kmu loe",
    "kami": "kmi",
    "mereka": "mrk mrka",
    "dia": "doi",
    "bapak": "bpk pak",
    "ibu": "bu",
    "saudara": "sdr",
    "hari": "hr",
    "besok": "bsk bsok esok",
    "kemarin": "kmrn kmarin kemaren",
    "sekarang": "skrg skrng skg",
    "sampai": "sampe smp nyampe",
    "setelah": "stlh stelah",
    "sebelum": "sblm sblum",
    "lagi": "lg lgi",
    "masih": "msh msih",
    "hanya": "cuma cuman hny",
    "benar": "bener bnr",
    "cepat": "cepet cpt",
    "dapat": "dpt dapet",
    "bisa": "bs bsa",
    "terima kasih": "makasih trims tengkyu thx mksh",
    "tolong": "tlg tlong plis pls",
    "informasi": "info inpo",
    "pemerintah": "pemrintah",
    "bupati": "bupti",
    "kabupaten": "kab",
    "kecamatan": "kec",
    "provinsi": "prov propinsi",
    "hoaks": "hoax hoak hoaxs",
    "video": "vidio pideo vid",
    "foto": "poto photo",
    "telepon": "tlp telp tlpn telpon",
    "nomor": "no nmr",
    "rupiah": "rp",
    "whatsapp": "wa wasap watsap",
    "facebook": "fb",
    "instagram": "ig",
    "vaksin": "vaksinasi vaksn paksin",
    "rumah sakit": "rs rsu",
    "puskesmas": "pkm",
    "gempa": "gmpa",
    "bantuan": "bntuan",
    "gratis": "gratiss prei",
    "uang": "duit",
    "jalan": "jln jl",
    "memang": "emang emg mmg",
    "ingin": "pengen pengin pgn",
    "pergi": "prgi",
    "makan": "mkn",
    "anak": "ank",
    "sekolah": "sklh skolah",
    "tetapi": "tapi tp tpi",
    "atau": "ato atw",
    "antara": "antra",
    "tentang": "ttg",
    "terhadap": "thd thdp",
    "tersebut": "tsb tsbt",
    "dan lain": "dll dsb",
}

SLANG = MappingProxyType(
    {variant: word for word, variants in _SPELLINGS.items() for variant in variants.split()}
)
"""An everyday spelling to the word that it stands for."""

_STOP_WORDS = """
    ada adalah agar akan antara apa apakah atas atau bagi bahwa banyak belum bisa dalam dan dapat
    dari dengan di dia hanya harus ia ialah ini itu jadi jika juga kalau kami kamu karena kata ke
    kepada kita lagi lain maka masih memang mereka namun oleh pada para pula pun saat saja sama
    sampai sangat saya sebagai secara sedang sehingga sekali seperti semua serta setelah sudah
    supaya tentang terhadap tersebut tetapi untuk yaitu yang ya
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about what a query looks for; `tidak` and `jangan` do say something."""
