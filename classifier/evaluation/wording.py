"""What the page and the terminal call the report's words, in Indonesian."""

from __future__ import annotations

from classifier.evaluation.baselines import LETTERS, PLAIN, SURFACE, TFIDF
from classifier.evaluation.ranking import OWN_MODEL

MODEL_NAMES = {
    OWN_MODEL: "Luruskan",
    TFIDF: "TF-IDF + regresi logistik",
    PLAIN: "E5 polos",
    LETTERS: "BM25 huruf (cek fakta termirip)",
    SURFACE: "9 ciri permukaan",
}
GROUP_NAMES = {
    "kind": "Menurut jenis unggahan biasa",
    "platform": "Menurut tempat unggahan biasa",
    "period": "Menurut bulan cek fakta",
    "topic": "Menurut topik",
    "source": "Menurut sumber unggahan biasa",
}
GOLD_NAMES = {
    "all second tellings": "semua penuturan kedua",
    "as the fact-checker worded it": "dengan kata-kata pemeriksa fakta",
    "copies: reworded, cut, forwarded": "salinan: diubah, dipotong, diteruskan",
}
_WORDS = {
    "social": "media sosial",
    "comment": "komentar",
    "news": "judul berita",
    "article": "artikel",
    "everyday": "bahasa sehari-hari",
    "message": "SMS",
    "x": "X",
    "youtube": "YouTube",
    "sms": "SMS",
    "news_site": "situs berita",
    "reviews": "ulasan",
}
MISUSES = (
    "Memutuskan tanpa orang, atau menampilkan peluangnya kepada umum.",
    "Menentukan benar tidaknya sebuah klaim: model membaca gaya dan kemiripan, bukan fakta.",
    "Menilai media massa: untuk pers ambangnya lebih tinggi, dan tanda hanya berarti “periksa”.",
    "Bahasa selain bahasa Indonesia.",
    "Membandingkan kantor atau platform menurut banyaknya tanda: kekeliruan berbeda per sumber.",
)
"""What the model must not be used for, on every page that shows its figures."""


def word_of(name: str) -> str:
    """A row's name; months and topics are words already."""
    return _WORDS.get(name, name)


def told_interval(value: object) -> str:
    """`0,93 (0,92–0,95)`; a dash where nothing was measured."""
    if not isinstance(value, list | tuple):
        return "–" if value is None else _decimal(float(str(value)))
    figure, low, high = value
    return f"{_decimal(figure)} ({_decimal(low)}–{_decimal(high)})"


def _decimal(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")
