"""Small words that tell languages apart, written from general knowledge of each.

A word that several of these languages have counts for each of them in part.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "id": """
        yang dan di ke dari untuk dengan tidak ini itu akan sudah pada adalah karena juga ada
        bisa atau kami kita mereka saya oleh sebagai dalam telah lebih tersebut belum jangan
        agar saat bahwa para kepada tetapi tapi hanya masih setelah sebelum ketika jika kalau
        bukan harus dapat menjadi secara antara tentang hingga sampai serta namun lalu lagi saja
        seperti apa siapa bagaimana mengapa kenapa yg gak ga nggak enggak udah aja gue gua lu
        dgn tdk krn banget kalo gitu gini dong sih deh nih bgt jgn utk dr sdh blm bikin pake nya
        kok tuh kan loh lah aku kamu dia orang semua sangat sekali mau baru semoga tolong dulu dlu
        emang biar cuman doang makin gimana klo klw tp msh jd gk ngga kek kayak mending selalu
        pernah setiap dah ni
        """,
    "ms": """
        tak nak korang macam kerajaan polis ialah dah je sahaja hendaklah kakitangan tarikh
        mesyuarat wang ringgit percuma cikgu awak kat dekat kitorang diorang camne camni takde
        tiada jugak pulak ni kes benda kongsi macamana dorang depa hampa cakap
        """,
    "jv": """
        ora iki iku kuwi sing karo wis lan kanggo opo ana ono kowe nek yen wong dadi neng ning
        saka soko nanging durung arep ojo mung piye kabeh isih wae dudu menika punika ingkang
        kaliyan sampun boten mboten wonten saking dhateng kula kulo panjenengan badhe kangge
        dados ugi matur nuwun mekaten mergo amarga mangkene ngono ngene kene kono saiki sesuk
        wingi tenan banget podo padha dheweke awake aku rek digawe diwenehi nggih inggih sae
        sinten kepriye wes ra ndek metu mlebu suwe uwis wayahe karepe jare jarene nganti pancen
        sek nggone ngendi akeh sithik koen awakmu ojok embuh ngunu golek gelem iso isok nggawe duwe
        nduwe njih nggeh monggo sampean sampeyan niki niku pundi mawon mpun pripun ngoten ngeten
        """,
    "su": """
        teu henteu jeung sareng anu ieu eta geus atos tos keur pikeun kana aya mah teh abdi
        maneh kuring naon kumaha sanes bae wae ulah moal bade rek lamun upami oge deui pisan
        atuh euy dina tiasa nuju hatur nuhun lembur urang saha iraha kunaon sabaraha loba leutik
        ageung alit kitu kieu kadieu kaditu heula ayeuna kamari isukan engke ngan sok nya jelema
        sadayana sarua ges teuing naha aing sorangan nyaho sugan geura beuki ngeunah hayang
        """,
    "bjn": """
        kada ulun pian ikam handak wan gasan banyu urang sidin inya hanyar balum kayapa dimapa
        napa matan haja kuitan dangsanak pang jua banar sabarataan mun amun bubuhan buhan kawa
        kadada imbah bulik barataan tulak unda nyawa saurang kaitu kaini tadih isuk kamarian
        bahari tarus sabalum bapadah dadahulu bagamat kaluku
        """,
    "bug": """
        engka degaga dena sibawa narekko tania makkada wettu esso uleng maneng nappa iyya idi
        alena nasaba mancaji riaseng sininna maega magi aga tega kega bola lino puang maelo melo
        matu purani tennia iyaro iyae makkoniro uwae laleng wanua madeceng maja
        """,
    "en": """
        the and is of for you that with this are was not have but what they will from if your he
        she his her their there been would about which when who how
        """,
}
LANGUAGES = tuple(_WORDS)
REGIONAL = frozenset({"jv", "su", "bjn", "bug"})
NAMES: Mapping[str, str] = {
    "id": "Indonesia",
    "ms": "Melayu",
    "jv": "Jawa",
    "su": "Sunda",
    "bjn": "Banjar",
    "bug": "Bugis",
    "en": "Inggris",
}
"""What an Indonesian reader calls them."""


def _count_languages() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            known[word] = (*known.get(word, ()), language)
    return known


LANGUAGES_OF = _count_languages()
"""Word to the languages that have it."""
