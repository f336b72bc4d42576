/** What the invented regulations of reader-material.ts are about. All towns and offices are invented. */

/** The same words in both languages. */
export interface Words {
  readonly id: string;
  readonly en: string;
}

export interface Topic {
  readonly name: Words;
  /** Abbreviation, used in a question only where the passage introduces it. */
  readonly short: string;
  readonly holder: Words;
  readonly office: string;
  /** Subjects between which the right figure has to be chosen. */
  readonly variants: readonly Words[];
}

const PERMIT: Words = { id: 'pemegang izin', en: 'permit holder' };
const CARD: Words = { id: 'pemegang kartu', en: 'card holder' };
const TENANT: Words = { id: 'penyewa', en: 'tenant' };
const CUSTOMER: Words = { id: 'pelanggan', en: 'customer' };
const OWNER: Words = { id: 'pemilik', en: 'owner' };
const MEMBER: Words = { id: 'anggota', en: 'member' };

/** Variants are written "mobil=cars, ...". */
function topic(name: string, english: string, short: string, holder: Words, office: string, variants: string): Topic {
  const words = variants.split(', ').map((pair) => pair.split('=')).map(([id, en]) => ({ id, en }));
  return { name: { id: name, en: english }, short, holder, office, variants: words };
}

export const TOPICS: readonly Topic[] = [
  topic('kartu perpustakaan', 'library card', 'KPR', CARD, 'Dinas Perpustakaan', 'pelajar=pupils, umum=the public, keluarga=families'),
  topic('izin parkir', 'parking permit', 'IPR', PERMIT, 'Dinas Perhubungan', 'mobil=cars, sepeda motor=motorcycles, truk=lorries'),
  topic('izin memancing', 'fishing licence', 'IMC', PERMIT, 'Balai Perikanan', 'danau=lakes, sungai=rivers, waduk=reservoirs'),
  topic('sewa kios pasar', 'market stall lease', 'SKP', TENANT, 'Badan Pengelola Pasar', 'sayur=vegetables, pakaian=clothing, ikan=fish'),
  topic('pendaftaran perahu', 'boat registration', 'DPU', OWNER, 'Syahbandar', 'nelayan=fishermen, wisata=tourism, angkutan barang=freight'),
  topic('izin kantin sekolah', 'school canteen permit', 'IKS', PERMIT, 'Dinas Pendidikan', 'sekolah dasar=primary schools, sekolah menengah=secondary schools'),
  topic('tiket masuk taman', 'park entry pass', 'TMT', { id: 'pengunjung', en: 'visitor' }, 'Balai Pertamanan', 'dewasa=adults, anak=children, rombongan=groups'),
  topic('petak makam', 'cemetery plot', 'PTM', { id: 'ahli waris', en: 'heir' }, 'Dinas Permakaman', 'perorangan=single persons, keluarga=families'),
  topic('izin musik jalanan', 'street music permit', 'IMJ', PERMIT, 'Dinas Kebudayaan', 'penyanyi tunggal=solo singers, kelompok=bands'),
  topic('izin terbang drone', 'drone permit', 'ITD', PERMIT, 'Balai Ruang Udara', 'hobi=hobby use, pemotretan=photography, pertanian=farming'),
  topic('langganan air', 'water subscription', 'LAR', CUSTOMER, 'Perusahaan Air Minum', 'rumah tangga=households, warung=food stalls, bengkel=workshops'),
  topic('keanggotaan museum', 'museum membership', 'KMU', MEMBER, 'Museum Daerah', 'mahasiswa=students, guru=teachers, umum=the public'),
  topic('layanan angkut sampah', 'waste collection service', 'LAS', CUSTOMER, 'Dinas Kebersihan', 'rumah=houses, toko=shops, restoran=restaurants'),
  topic('sewa gedung olahraga', 'sports hall hire', 'SGO', TENANT, 'Dinas Olahraga', 'latihan=training, pertandingan=matches, pesta=parties'),
  topic('izin anjing peliharaan', 'dog licence', 'IAP', OWNER, 'Dinas Peternakan', 'anjing kecil=small dogs, anjing besar=large dogs'),
  topic('izin becak', 'pedicab permit', 'IBC', PERMIT, 'Dinas Perhubungan', 'becak kayuh=pedalled pedicabs, becak listrik=electric pedicabs'),
  topic('kebun warga', 'allotment garden', 'KWG', TENANT, 'Dinas Pertamanan', 'sayuran=vegetables, bunga=flowers, buah=fruit'),
  topic('izin papan nama toko', 'shop sign permit', 'IPT', PERMIT, 'Dinas Tata Kota', 'papan kayu=wooden signs, papan lampu=lighted signs'),
  topic('sewa loker stasiun', 'station locker hire', 'SLS', TENANT, 'Pengelola Stasiun', 'loker kecil=small lockers, loker besar=large lockers'),
  topic('kartu bus kota', 'city bus card', 'KBK', CARD, 'Badan Angkutan Kota', 'harian=day trips, bulanan=monthly travel, pelajar=pupils'),
  topic('izin berkemah', 'camping permit', 'IBK', PERMIT, 'Balai Hutan Kota', 'tenda=tents, karavan=caravans'),
  topic('sewa sepeda umum', 'public bicycle hire', 'SSU', { id: 'pengguna', en: 'user' }, 'Dinas Perhubungan', 'sepeda biasa=ordinary bicycles, sepeda listrik=electric bicycles'),
  topic('tempat sandar kapal', 'mooring place', 'TSK', OWNER, 'Otoritas Dermaga', 'kapal kayu=wooden boats, kapal layar=sailing boats, feri=ferries'),
  topic('izin pentas', 'stage performance permit', 'IPS', PERMIT, 'Dinas Kebudayaan', 'teater=theatre, tari=dance, wayang=shadow plays'),
  topic('izin lebah madu', 'beekeeping permit', 'ILM', PERMIT, 'Dinas Peternakan', 'pekarangan=back gardens, kebun=orchards'),
  topic('penitipan anak', 'day nursery place', 'PTA', { id: 'orang tua', en: 'parent' }, 'Dinas Keluarga', 'bayi=babies, balita=toddlers'),
  topic('izin tebang pohon', 'tree felling permit', 'ITP', PERMIT, 'Dinas Lingkungan', 'pohon peneduh=shade trees, pohon buah=fruit trees'),
  topic('kursus renang', 'swimming course', 'KRG', { id: 'peserta', en: 'participant' }, 'Kolam Renang Daerah', 'pemula=beginners, lanjutan=advanced swimmers'),
  topic('izin pedagang keliling', 'street vendor permit', 'IPL', PERMIT, 'Dinas Perdagangan', 'makanan=food, mainan=toys, minuman=drinks'),
  topic('asrama pelajar', 'student hostel place', 'ASP', { id: 'penghuni', en: 'resident' }, 'Dinas Pendidikan', 'putra=boys, putri=girls'),
  topic('izin pengambilan pasir', 'sand collection permit', 'IPP', PERMIT, 'Balai Sungai', 'bangunan=building, kerajinan=crafts'),
  topic('izin radio warga', 'community radio licence', 'IRW', PERMIT, 'Dinas Komunikasi', 'siaran lokal=local broadcasts, siaran sekolah=school broadcasts'),
  topic('sewa aula desa', 'village hall hire', 'SAD', TENANT, 'Kantor Urusan Desa', 'rapat=meetings, pernikahan=weddings, pameran=exhibitions'),
  topic('izin pemandu wisata', 'tour guide licence', 'IPW', PERMIT, 'Dinas Pariwisata', 'gunung=mountains, gua=caves, kota tua=the old town'),
];

export const TOWNS = ['Kota Rawabening', 'Kota Tanjungsela', 'Kabupaten Lembahwangi', 'Kota Pulaukenari', 'Kabupaten Watusari', 'Kota Muaraputih', 'Kabupaten Bukitlarang', 'Kota Telagajati', 'Kabupaten Sungairanti', 'Kota Karangmelur'] as const;

/** Who need not pay, or pays less. */
export const GROUPS: readonly Words[] = [
  { id: 'veteran', en: 'veterans' }, { id: 'anak yatim', en: 'orphans' }, { id: 'penyandang disabilitas', en: 'people with disabilities' },
  { id: 'warga di atas 65 tahun', en: 'residents over 65' }, { id: 'korban banjir', en: 'flood victims' }, { id: 'guru honorer', en: 'contract teachers' },
  { id: 'petugas pemadam', en: 'firefighters' }, { id: 'relawan posyandu', en: 'health post volunteers' }, { id: 'panti asuhan', en: 'orphanages' },
  { id: 'koperasi desa', en: 'village cooperatives' }, { id: 'perawat', en: 'nurses' }, { id: 'juru kunci', en: 'caretakers' },
];

/** Where an office, a form or a complaint goes. */
export const COUNTERS: readonly Words[] = [
  { id: 'loket pelayanan', en: 'the service counter' }, { id: 'kantor kelurahan', en: 'the ward office' }, { id: 'kantor kecamatan', en: 'the district office' },
  { id: 'balai warga', en: 'the community hall' }, { id: 'gerai layanan keliling', en: 'the mobile service stand' },
];

export const DOCUMENTS: readonly Words[] = [
  { id: 'fotokopi kartu identitas', en: 'a copy of the identity card' }, { id: 'pas foto terbaru', en: 'a recent photograph' }, { id: 'surat keterangan sehat', en: 'a health certificate' },
  { id: 'surat pengantar RT', en: 'a letter from the neighbourhood head' }, { id: 'bukti alamat', en: 'proof of address' }, { id: 'denah lokasi', en: 'a map of the site' },
];
