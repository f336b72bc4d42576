/** Invented organisations and people that English reading material tells of. See reader-subjects.ts for the form. */
import { coined, count, date, money, named, oneOf, percent, person, several, spelled, surname, town, year } from './reader-names.ts';
import { subject } from './reader-subject.ts';

export const PEOPLE_SUBJECTS = [
  subject({
    noun: 'the company', name: named('Works', 'Industries', 'Instruments', 'Foods', 'Mills', 'Optics', 'Textiles'),
    slots: {
      founded: year(1848, 1992), founder: person, place: town, product: oneOf('glass lenses=lensa kaca; bicycle chains=rantai sepeda; water pumps=pompa air; wool blankets=selimut wol; piano strings=senar piano; paper boxes=kotak kertas; tinned fish=ikan kaleng'),
      staff: count(40, 9000, 'workers=pekerja'), revenue: money, chief: person, share: percent, moved: year(1995, 2019), newPlace: town, reason: oneOf('the old building had been flooded twice=gedung lama sudah dua kali kebanjiran; the harbour there was deeper=pelabuhan di sana lebih dalam; rents had doubled=sewa sudah naik dua kali lipat; the railway line was closed=jalur kereta ditutup'), rival: coined,
    },
    sentences: [
      '{s} was founded in {founded} by {founder}, who had begun with a small workshop in {place}.', '{N} is best known for its {product}.', 'It employs {staff} and is led by {chief}.', 'Last year its sales came to {revenue}, of which {share} was earned abroad.',
      'In {moved} {n} moved its head office to {newPlace} because {reason}.', 'Its oldest competitor, {rival}, makes similar goods at a lower price.', 'Three generations of one family have worked in its halls.',
    ],
    questions: {
      founded: { en: ['When was {s} founded?', 'In what year did {founder} start {s}?', 'What year saw the beginning of {s}?'], id: ['Kapan {s} didirikan?'] },
      founder: { en: ['Who founded {s}?', 'Which person established {s} in {founded}?', 'Who was the founder of {s}?'], id: ['Siapa pendiri {s}?', 'Siapakah yang mendirikan {s}?'] },
      place: { en: ['Where was the first workshop of {s}?', 'In what town did {founder} begin the workshop?'], id: ['Di mana bengkel pertama {s}?'] },
      product: { en: ['What does {s} mainly produce?', 'For what products is {s} known?'], id: ['Apa produk utama {s}?'] },
      staff: { en: ['How many people work for {s}?', 'What is the size of the workforce at {s}?'], id: ['Berapa jumlah pekerja {s}?'] },
      revenue: { en: ['How much did {s} sell last year?', 'What were the annual sales of {s}?'], id: ['Berapa penjualan {s} tahun lalu?'] },
      chief: { en: ['Who leads {s}?', 'Who is the head of {s}?', 'What is the name of the person in charge of {s}?'], id: ['Siapa yang memimpin {s}?'] },
      share: { en: ['What share of the sales of {s} comes from abroad?', 'How much of its income does {s} earn in other countries?'], id: ['Berapa bagian penjualan {s} yang berasal dari luar negeri?'] },
      moved: { en: ['When did {s} move its head office?', 'In which year was the head office of {s} relocated to {newPlace}?'], id: ['Kapan {s} memindahkan kantor pusatnya?'] },
      newPlace: { en: ['Where did the head office of {s} move to?', 'To which place did {s} relocate in {moved}?'], id: ['Ke mana kantor pusat {s} dipindahkan?'] },
      rival: { en: ['Which firm competes with {s}?', 'Who is the oldest competitor of {s}?'], id: ['Siapa pesaing tertua {s}?'] },
    },
    explain: [{ needs: ['reason', 'newPlace'], en: [['Why did {s} move to {newPlace}?', '{s} moved there because {reason}.'], ['Explain why {s} left its old head office.', '{s} moved to {newPlace} because {reason}.']], id: [['Mengapa {s} pindah ke {newPlace}?', '{s} pindah ke {newPlace} karena {reason}.'], ['Jelaskan alasan {s} memindahkan kantornya.', '{s} pindah karena {reason}.']] }],
    never: { en: ['When was {s} declared bankrupt?', 'Who bought {s} from its founder?', 'How many patents does {s} hold?', 'Which workers were dismissed by {s}?'], id: ['Kapan {s} dinyatakan bangkrut?', 'Berapa jumlah paten milik {s}?'] },
  }),
  subject({
    noun: 'the scholar', name: person,
    slots: {
      born: date(1790, 1960), birthplace: town, field: oneOf('botany=botani; astronomy=astronomi; chemistry=kimia; linguistics=ilmu bahasa; geology=geologi; statistics=statistika'), teacher: person, school: named('University', 'College', 'Academy', 'Institute'),
      book: named('Letters', 'Notes', 'Atlas', 'Lectures'), published: year(1850, 1990), discovery: oneOf('a way to date old paper=cara menentukan umur kertas tua; two new kinds of fern=dua jenis pakis baru; a faint comet=sebuah komet redup; a salt that glows in the dark=garam yang menyala dalam gelap; the grammar of a lost dialect=tata bahasa dialek yang hilang'),
      prize: named('Medal', 'Prize', 'Award'), prizeYear: year(1880, 2005), spouse: person, children: spelled, died: date(1962, 2020), cause: oneOf('pneumonia=radang paru-paru; a riding accident=kecelakaan berkuda; malaria=malaria; heart failure=gagal jantung'),
    },
    sentences: [
      '{s} was born on {born} in {birthplace}.', 'After school {s} studied {field} under {teacher} at {school}.', 'The work that made the name was {book}, printed in {published}.', 'Years of patient observation led to the discovery of {discovery}.',
      'For this {n} received the {prize} in {prizeYear}.', '{N} married {spouse}, and the couple had {children} children.', '{s} died on {died} of {cause}.', 'A street near the old market bears the name today.',
    ],
    questions: {
      born: { en: ['When was {s} born?', 'What is the date of birth of {s}?'], id: ['Kapan {s} lahir?'] },
      birthplace: { en: ['Where was {s} born?', 'What town was the birthplace of {s}?'], id: ['Di mana {s} dilahirkan?'] },
      field: { en: ['What subject did {s} study?', 'Which science did {teacher} teach to {s}?'], id: ['Ilmu apa yang dipelajari {s}?'] },
      teacher: { en: ['Who taught {s}?', 'Under whom did {s} study at {school}?'], id: ['Siapa guru {s}?'] },
      school: { en: ['Where did {s} study?', 'At which institution did {s} learn {field}?'], id: ['Di mana {s} belajar?'] },
      book: { en: ['What is the best known work of {s}?', 'Which book by {s} appeared in {published}?'], id: ['Apa karya {s} yang paling terkenal?'] },
      published: { en: ['When was {book} printed?', 'In what year did {s} publish {book}?'], id: ['Kapan {book} diterbitkan?'] },
      discovery: { en: ['What did {s} discover?', 'Which finding is due to {s}?'], id: ['Apa yang ditemukan oleh {s}?'] },
      prize: { en: ['Which honour was given to {s}?', 'What did {s} receive in {prizeYear}?'], id: ['Penghargaan apa yang diterima {s}?'] },
      prizeYear: { en: ['When did {s} receive the {prize}?'], id: ['Tahun berapa {s} menerima penghargaan {prize}?'] },
      spouse: { en: ['To whom was {s} married?', 'Who was the spouse of {s}?'], id: ['Dengan siapa {s} menikah?'] },
      children: { en: ['How many children did {s} have?'], id: ['Berapa jumlah anak {s}?'] },
      died: { en: ['When did {s} die?', 'On what date did the life of {s} end?'], id: ['Kapan {s} meninggal?'] },
      cause: { en: ['What did {s} die of?', 'What was the cause of death of {s}?'], id: ['Apa penyebab kematian {s}?'] },
    },
    explain: [{ needs: ['discovery', 'prize'], en: [['Why was {s} given the {prize}?', '{s} received the {prize} for the discovery of {discovery}.']], id: [['Jelaskan mengapa {s} menerima {prize}.', '{s} menerima {prize} atas penemuan {discovery}.']] }],
    never: { en: ['In which prison was {s} held?', 'When was {s} refused the {prize}?', 'Who was the father of {s}?', 'Which language could {s} not speak?'], id: ['Siapa ayah {s}?', 'Kapan {s} menjadi menteri?'] },
  }),
  subject({
    noun: 'the club', name: named('United', 'Rovers', 'Athletic', 'Wanderers', 'City'),
    slots: { founded: year(1874, 1970), ground: named('Park', 'Road', 'Lane', 'Stadium'), seats: count(4, 60, 'seats=kursi', 1000), colours: oneOf('green and white=hijau dan putih; black and gold=hitam dan emas; red and blue=merah dan biru; all yellow=kuning polos'), coach: person, hired: year(2008, 2023), wins: spelled, final: year(1960, 2022), score: oneOf('2-1; 3-0; 4-2; 1-0; 5-3'), opponent: named('Town', 'County', 'Albion'), scorer: person, fee: money, player: person },
    sentences: ['{s}, founded in {founded}, plays at {ground}, which has {seats}.', 'Its shirts are {colours}.', 'Since {hired} the team has been trained by {coach}.', '{N} has won the national league {wins} times.', 'In the cup final of {final} it beat {opponent} {score}; the deciding goal came from {scorer}.', 'The dearest signing so far is {player}, bought for {fee}.', 'Supporters walk to every home match behind a brass band.'],
    questions: {
      founded: { en: ['When was {s} founded?', 'In what year was the club {s} formed?'], id: ['Kapan klub {s} dibentuk?'] }, ground: { en: ['Where does {s} play its home matches?', 'What is the name of the ground of {s}?'], id: ['Apa nama stadion {s}?'] }, seats: { en: ['What is the capacity of {ground}?', 'How many spectators can sit at the ground of {s}?'], id: ['Berapa kapasitas stadion {s}?'] },
      colours: { en: ['What colours does {s} wear?'], id: ['Apa warna kaus {s}?'] }, coach: { en: ['Who trains {s}?', 'Who became coach of {s} in {hired}?'], id: ['Siapa pelatih {s}?'] }, hired: { en: ['Since when has {coach} trained {s}?'], id: ['Sejak kapan {coach} melatih {s}?'] },
      wins: { en: ['How many league titles has {s} won?', 'How often has {s} been champion of the national league?'], id: ['Berapa kali {s} menjuarai liga nasional?'] }, final: { en: ['When did {s} win the cup?', 'In which year did {s} defeat {opponent} in the final?'], id: ['Tahun berapa {s} menjuarai piala?'] },
      opponent: { en: ['Which team lost the cup final to {s}?', 'Whom did {s} beat in {final}?'], id: ['Tim mana yang dikalahkan {s} di final?'] }, score: { en: ['What was the score of the {final} final?', 'By what result did {s} beat {opponent}?'], id: ['Berapa skor final {final}?'] }, scorer: { en: ['Who scored the deciding goal of the final?', 'Whose goal decided the match against {opponent}?'], id: ['Siapa pencetak gol penentu kemenangan {s}?'] },
      fee: { en: ['How much did {s} pay for {player}?'], id: ['Berapa harga {player}?'] }, player: { en: ['Who is the most expensive player {s} has bought?', 'Which player cost {s} {fee}?'], id: ['Siapa pemain termahal {s}?'] },
    },
    explain: [{ needs: ['final', 'opponent', 'scorer', 'score'], en: [['How did {s} win the cup?', '{s} beat {opponent} {score} in the final of {final}, and {scorer} scored the deciding goal.']], id: [['Jelaskan bagaimana {s} menjuarai piala.', '{s} mengalahkan {opponent} {score} di final {final}; gol penentunya dicetak {scorer}.']] }],
    never: { en: ['When was {s} relegated?', 'Which team has never lost to {s}?', 'Who owns {s}?', 'For how much was {coach} hired?'], id: ['Siapa pemilik {s}?', 'Kapan {s} terdegradasi?'] },
  }),
  subject({
    noun: 'the novel', name: (random) => { const of = surname(random).en; return { en: `The House of ${of}`, id: `The House of ${of}` }; },
    slots: { author: person, published: year(1895, 2021), publisher: named('Press', 'Books', 'House'), pages: count(120, 900, 'pages=halaman'), setting: town, hero: person, job: oneOf('lighthouse keeper=penjaga mercusuar; clockmaker=pembuat jam; postman=tukang pos; midwife=bidan; baker=pembuat roti'), copies: count(12, 900, 'copies=eksemplar', 1000), languages: count(6, 40, 'languages=bahasa'), film: year(1990, 2023), director: person },
    sentences: ['{s} is a novel by {author}, brought out by {publisher} in {published}.', 'Over {pages} it follows {hero}, a {job} in {setting}.', 'It sold {copies} in its first winter and has been translated into {languages}.', 'A film version directed by {director} reached the cinemas in {film}.', 'Critics praised the slow, exact prose of {n}.', 'The author rewrote the ending four times.'],
    questions: {
      author: { en: ['Who wrote {s}?', 'Who is the author of {s}?'], id: ['Siapa penulis {s}?'] }, published: { en: ['When was {s} published?', 'In which year did {publisher} bring out {s}?'], id: ['Kapan novel {s} diterbitkan?'] }, publisher: { en: ['Which publisher brought out {s}?'], id: ['Siapa penerbit {s}?'] }, pages: { en: ['How long is {s}?', 'How many pages does {s} have?'], id: ['Berapa halaman novel {s}?'] },
      setting: { en: ['Where is {s} set?', 'In which town does {hero} live?'], id: ['Di mana latar novel {s}?'] }, hero: { en: ['Who is the main character of {s}?', 'Which {job} does {s} follow?'], id: ['Siapa tokoh utama {s}?'] }, job: { en: ['What is the occupation of {hero}?', 'What does the main character of {s} do for a living?'], id: ['Apa pekerjaan {hero}?'] },
      copies: { en: ['How many copies of {s} were sold in the first winter?'], id: ['Berapa eksemplar {s} terjual pada musim dingin pertama?'] }, languages: { en: ['Into how many languages has {s} been translated?'], id: ['Ke berapa bahasa {s} diterjemahkan?'] }, film: { en: ['When did the film of {s} come out?'], id: ['Kapan film {s} tayang?'] }, director: { en: ['Who directed the film of {s}?', 'Who made {s} into a film?'], id: ['Siapa sutradara film {s}?'] },
    },
    explain: [{ needs: ['hero', 'job', 'setting'], en: [['Explain what {s} is about.', '{s} is about {hero}, a {job} in {setting}.']], id: [['Jelaskan isi novel {s}.', 'Novel {s} bercerita tentang {hero}, seorang {job} di {setting}.']] }],
    never: { en: ['Which prize did {s} win?', 'Who illustrated {s}?', 'Why was {s} banned?', 'Who composed the music for the film of {s}?'], id: ['Mengapa {s} dilarang?', 'Penghargaan apa yang diraih {s}?'] },
  }),
  subject({
    noun: 'the festival', name: named('Lantern Festival', 'Kite Days', 'Harvest Fair', 'Music Week', 'Boat Parade'),
    slots: { place: town, first: year(1902, 2010), founder: person, month: oneOf('March=Maret; June=Juni; September=September; November=November'), days: spelled, visitors: count(3, 400, 'visitors=pengunjung', 1000), ticket: oneOf('$4; $12; €9; £15; $25'), foods: several('fried dough=adonan goreng; smoked trout=ikan asap; plum wine=anggur prem; chestnut soup=sup kastanye'), sponsor: named('Bank', 'Brewery', 'Railways'), origin: oneOf('the end of a drought=berakhirnya kekeringan; the return of the fishing fleet=kembalinya armada nelayan; the opening of a canal=pembukaan sebuah kanal; a wedding of two rival families=pernikahan dua keluarga yang berseteru') },
    sentences: ['The {s} is held every {month} in {place} and lasts {days} days.', 'It was first held in {first}, when {founder} wanted to celebrate {origin}.', 'About {visitors} came last time, each paying {ticket} at the gate.', 'Stalls along the river sell {foods}.', 'The costs of {n} are largely borne by {sponsor}.', 'On the last evening all lights in the streets are put out.'],
    questions: {
      place: { en: ['Where is the {s} held?', 'Which town hosts the {s}?'], id: ['Di mana {s} diadakan?'] }, first: { en: ['When was the first {s}?', 'In what year did {founder} begin the {s}?'], id: ['Kapan {s} pertama kali diadakan?'] }, founder: { en: ['Who started the {s}?', 'Whose idea was the {s}?'], id: ['Siapa penggagas {s}?'] }, month: { en: ['In which month does the {s} take place?'], id: ['Pada bulan apa {s} diadakan?'] },
      days: { en: ['How many days does the {s} last?', 'How long is the {s}?'], id: ['Berapa hari {s} berlangsung?'] }, visitors: { en: ['How many people attended the {s} last time?'], id: ['Berapa jumlah pengunjung {s}?'] }, ticket: { en: ['What does entry to the {s} cost?', 'How much is a ticket for the {s}?'], id: ['Berapa harga tiket {s}?'] }, foods: { en: ['What can one eat and drink at the {s}?', 'Which things are sold at the stalls of the {s}?'], id: ['Makanan apa yang dijual di {s}?'] },
      sponsor: { en: ['Who pays most of the costs of the {s}?', 'Which organisation finances the {s}?'], id: ['Siapa yang membiayai {s}?'] }, origin: { en: ['What event did the first {s} celebrate?', 'What was the {s} meant to celebrate?'], id: ['Peristiwa apa yang dirayakan oleh {s}?'] },
    },
    explain: [{ needs: ['origin', 'founder', 'first'], en: [['Why was the {s} created?', 'The {s} was created in {first} because {founder} wanted to celebrate {origin}.']], id: [['Mengapa {s} diadakan?', '{s} diadakan sejak {first} karena {founder} ingin merayakan {origin}.']] }],
    never: { en: ['When was the {s} cancelled?', 'Who won the contest at the {s}?', 'How many police officers guard the {s}?', 'Which animals are not allowed at the {s}?'], id: ['Kapan {s} dibatalkan?', 'Siapa pemenang lomba di {s}?'] },
  }),
] as const;
