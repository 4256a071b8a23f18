"""Words that are names of places and mean something else too, written from general knowledge.

A name made of them alone is never enough: `maju`, `kota`, `sumber sari`, `Pak Slamet`.
"""

from __future__ import annotations

_WISHES = """
maju makmur jaya baru lama anyar anyer sejahtera sentosa sentausa bahagia damai rukun mandiri
bersama bersatu bakti bhakti karya karang mekar mulya mulia mulyo indah permai asri lestari
harapan cita cipta bina bangun pembangunan makmur subur subuh sumber sari sri suka suko
tani tunas tama utama utomo raya agung ageng luhur setia setiabudi budi budaya daya dharma
darma panca tri eka dwi catur sapta tunggal jati jatisari wana wono margo marga rejo rahayu
waras wiyata sinar surya cahaya terang fajar pelita bintang bulan matahari merdeka pemuda pahlawan
garuda pancasila nusantara persatuan gotong royong kencana mustika permata intan emas perak
kasih cinta sayang hati mukti murni suci kudus rahmat berkah berkat amanah ikhlas iman islam
aman nyaman tenteram tentram tertib bersih hijau putih hitam merah biru kuning jingga ungu
"""
_LAND = """
kota desa kampung dusun pasar pusat tanjung teluk muara sungai sei gunung bukit pulau batu air
tanah rawa danau pantai laut telaga kolam sumur lubuk hulu hilir ulu ilir tengah barat timur utara
selatan besar kecil tinggi rendah dalam luar atas bawah ujung pangkal tepi tepian seberang simpang
lurah camat jembatan sarang rantau padang lapang lembah ladang sawah kebun hutan rimba alam dataran
darat pesisir bandar pelabuhan dermaga benteng candi istana makam masjid gereja pura balai rumah
panjang pendek lebar luas sempit dekat jauh kiri kanan satu dua tiga empat lima enam tujuh delapan
kuala kepala kaki leher pinggir puncak lereng jurang tebing gua pasir lumpur batang akar daun bunga
"""
_THINGS = """
pinang kelapa kopi lada padi jagung ubi nangka durian mangga rambutan cempedak salak pisang jambu
jeruk delima manggis sirih gambir pandan bambu rotan jati meranti ulin bakau nipah enau aren bara
beringin waru randu asem asam kemiri cengkeh pala melati mawar seroja kenanga anggrek teratai
cempaka dahlia kamboja sakura flamboyan
sepat gabus lele mas udang kepiting penyu buaya ular rusa kancil gajah
macan harimau singa kuda
kerbau sapi kambing ayam bebek angsa merak elang rajawali merpati camar
pipit landak musang kijang banteng belut serang malang buru sorong palu kupang kuningan ketapang
pati bone banjar metro kendal lebak demak agam bima karo ende sigi toba siak belu solok alor
panji melayu jawa sunda bugis dayak madura bali perintis transmigrasi guru dokter pandai panca
selamat selat selang serasi sepakat setuju sehati sekar sukses sumbang
tabang panggung pentas layar kapal perahu bajak cincin mahkota payung tombak perisai paku pintu
pesantren tugu liang perdana candi jadi jalan stasiun sekolah asrama terminal warung
jendela kamar meja kursi tali kain baju sepatu topi pena buku kertas surat kabar berita
"""
_PERSONS = """
slamet selamet sari dewi budi bambang agus joko sugeng sutrisno suharto sukarno soekarno mulyono
mulyadi rahmat hidayat taufik iskandar abdullah ahmad muhammad hasan husin ali umar usman yusuf
ibrahim musa isa daud salman sulaiman indra surya wijaya kusuma putra putri ratna ratu raja
pangeran sultan sinta arjuna bima yudha dewa citra ayu wati siti nur nurul fitri lestari
handayani kartini diponegoro sudirman gatot subroto yani wahid hatta syahrir kartika
mega guntur guruh ganjar anies prabowo
"""

_MEASURES = """
besar kecil tinggi rendah panjang pendek lebar luas sempit dekat jauh dalam luar atas bawah tengah
sungai laut air pantai hutan sawah kebun bersih baik kami kita
"""

ORDINARY = frozenset(f"{_WISHES} {_LAND} {_THINGS} {_PERSONS}".split())
WISHES = frozenset(f"{_WISHES} {_PERSONS} kota desa kampung dusun pasar rumah".split())
"""Of these, those that a phrase holds which wishes or tells something: `harapan baru`."""
MEASURES = frozenset(_MEASURES.split())
"""End a phrase that describes: `tanah tinggi`, `muara sungai`."""
