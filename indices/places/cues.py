"""What stands around a name and says that it is a place, which kind of one, or that it is none."""

from __future__ import annotations

from collections.abc import Mapping

_VILLAGES = frozenset({"desa", "kelurahan", "desa adat", "nagari", "gampong", "kampung"})
_DISTRICTS = frozenset({"kecamatan", "distrik"})
_REGENCIES = frozenset({"kabupaten", "kota"})

_CUES: Mapping[frozenset[str], str] = {
    _VILLAGES: "desa ds des kades pemdes petinggi keuchik wali-nagari nagari gampong kelurahan kel"
    " lurah bumdes dusun",
    _DISTRICTS: "kecamatan kec camat distrik polsek koramil puskesmas",
    frozenset({"kabupaten"}): "kabupaten kab pemkab bupati wabup",
    frozenset({"kota"}): "kota pemkot walikota wawali",
    _REGENCIES: "polres polresta polrestabes kodim kejari",
    frozenset({"provinsi"}): "provinsi prov pemprov gubernur wagub polda kejati",
    _REGENCIES | {"provinsi"}: "dprd bpbd kpu bawaslu diskominfo dinkes disdik rsud bps kemenag",
}
KIND_CUES: Mapping[str, frozenset[str]] = {
    word: kinds for kinds, words in _CUES.items() for word in words.split()
}
"""The word before a name, and the kinds of place that it may be then."""
PLAIN = frozenset(
    """
    kelurahan kecamatan kec kades pemdes bumdes petinggi polsek kabupaten kab pemkab bupati wabup
    provinsi prov pemprov
    """.split()
)
"""Mean nothing but the kind: after them a name that is an ordinary word is one all the same."""
PLAIN_ALONE = frozenset("kelurahan kecamatan kec kabupaten kab".split())
"""Of these, those after which it need not even have a capital: `bupati serang balik`."""
LOOSE = frozenset("kota dusun polsek koramil puskesmas dprd bpbd kpu bawaslu rsud polres".split())
"""Say nothing where no place of their kind has the name: a town may be called after a district."""
ABBREVIATED = frozenset(
    "ds des kel kec kab prov jl jln gg h hj ir dr drs st kh tgk pt cv ud".split()
)

LOCATIVE = frozenset(
    """
    di ke dari d dr warga masyarakat penduduk petani nelayan pedagang wilayah daerah kawasan asal
    menuju arah sekitar seputar se antara area lokasi tiba via lewat hingga jelang mulai info
    ning nang teng ring ka ti sareng uwong urang dipun
    """.split()
)
"""Before a name it is a place; Javanese, Sundanese, Banjar too."""

NEVER = frozenset(
    """
    jl jln jalan gg gang pak bu bpk bapak ibu mas mbak bang abang kak kakak om tante cak neng teh
    kang mang haji hajah h hj ir dr drs dra prof ust ustaz ustadz ustadzah kiai kyai gus habib tgk
    bernama namanya saudara saudari sdr sdri almarhum almarhumah alm korban tersangka pelaku pemuda
    pt cv ud tbk bank koperasi toko warung rm kafe cafe hotel restoran apotek
    apotik bengkel salon yayasan depot swalayan minimarket supermarket losmen homestay laundry
    butik barbershop kedai warkop optik dealer distro merek merk lagu film sinetron
    soto nasi sate mie mi bakso bika batik kopi dodol tahu jeruk rendang pempek ayam bebek tempe
    gudeg sambal kue roti keripik beras durian salak bahasa suku etnis adat logat orang aksara tari
    keluarga marga bin binti kapal km kmp partai tim klub geng grup istilah kata
    """.split()
)
"""Before a name it is a street, a person, a firm, a dish, a people; never the place itself."""

FACILITIES = frozenset(
    """
    pasar jembatan bendungan waduk embung sungai sei danau gunung bukit pulau pantai teluk muara
    air riam goa gua taman lapangan stadion gor gedung terminal pelabuhan dermaga bandara masjid
    musala mushola gereja pura vihara pondok ponpes pesantren sd sdn mi min mts mtsn smp smpn sma
    sman smk smkn ma man tk paud universitas kampus rs klinik simpang perumahan komplek kompleks
    blok rt rw tps tol hutan kebun tambang monumen tugu museum makam spbu
    """.split()
)
"""Called after a village or district, and standing elsewhere perhaps."""

NATURE = frozenset("sungai sei danau gunung bukit pantai teluk muara selat laut hutan".split())
"""Regencies are called after some of these."""
OFFICE_HOLDERS = frozenset("kades pemdes lurah camat petinggi keuchik polsek koramil".split())
OFFICES = frozenset("kepala kantor pj balai aparat perangkat pemerintah sekretaris pos".split())
"""Before `Desa X` they say that it is one: `Desa Maju` alone may be a wish."""

EXTENSIONS = frozenset(
    """
    barat timur utara selatan tengah seberang hulu hilir ulu ilir baru lama kota jaya dalam luar
    besar kecil atas bawah laut darat raya indah permai makmur sari i ii iii iv v vi
    """.split()
)
"""After a name, capitalised, they make another name: `Kutai` is not `Kutai Barat`."""
LOWER_EXTENSIONS = frozenset("barat timur utara selatan seberang hulu hilir ulu ilir".split())
JOINING = frozenset("dan serta maupun atau hingga sampai and dgn dengan sama".split())
ADDING = frozenset("dan serta maupun and sama".split())
"""Of these, those between two of a kind: `Jalan X dan Y`."""
