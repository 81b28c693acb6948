import { wholeWord } from './text.ts';

/**
 * Where stories happen: settings of five places each, with what a scene needs to be staged there.
 * Looks, fixtures and sounds are in English, as studios understand it best; `names` has the place's
 * name in the languages that the scaffold speaks.
 */
export interface SettingPlace {
  /** In the order en, vi, es, de, fr. */
  readonly names: readonly [string, string, string, string, string];
  /** Layout, materials, light: what must not drift. */
  readonly look: string;
  /** Where one comes in, with its article. */
  readonly way: string;
  /** Where a thing can be laid down, with its article. */
  readonly spot: string;
  /** What one sees beyond, with its article. */
  readonly view: string;
  /** What one hears, with nobody speaking. */
  readonly sound: string;
}

export interface Setting {
  readonly id: string;
  /** Words of an idea that call for this setting, in any of the languages. */
  readonly words: RegExp;
  /** A thing to hold that belongs here, without article. */
  readonly object: string;
  readonly places: readonly SettingPlace[];
}

type Names = SettingPlace['names'];

function place(
  names: Names,
  look: string,
  way: string,
  spot: string,
  view: string,
  sound: string,
): SettingPlace {
  return { names, look, way, spot, view, sound };
}

export const settings: readonly Setting[] = [
  {
    id: 'coast',
    words: wholeWord(
      'lighthouses?|sea|ocean|harbou?r|island|islands|beach|coast|fisher(?:man|woman|men)|fishing|sailors?|boats?|ships?|pirates?|captain|hải đăng|biển|đảo|làng chài|ngư dân|thuyền|tàu|faro|mar|isla|puerto|playa|barco|pescador|leuchtturm\\p{L}*|meer|see|insel|hafen|strand|schiff|boot|phare|mer|île|plage|bateau|pêcheur',
    ),
    object: 'brass compass',
    places: [
      place(
        [
          'Lamp Room',
          'Phòng đèn hải đăng',
          'Cámara de la lámpara',
          'Laternenraum',
          'Chambre de la lanterne',
        ],
        'round glass room at the top of a lighthouse, great lens in the middle, brass fittings, salt-streaked panes',
        'the iron hatch in the floor',
        'the brass ledge under the lens',
        'the black line of the horizon',
        'wind against glass, slow gears turning',
      ),
      place(
        [
          "Keeper's Kitchen",
          'Căn bếp dưới chân đèn',
          'Cocina del farero',
          'Küche am Turm',
          'Cuisine du gardien',
        ],
        'small whitewashed kitchen with curved wall, iron stove, scrubbed pine table, one deep window',
        'the low plank door',
        'the scrubbed table',
        'the window with the sea in it',
        'stove ticking, kettle, surf far below',
      ),
      place(
        ['Landing Stage', 'Bến thuyền', 'Embarcadero', 'Anlegesteg', 'Débarcadère'],
        'weathered timber jetty on black rocks, rusted ladder, coiled ropes, open water on three sides',
        'the top of the ladder',
        'an upturned crate',
        'the open water',
        'water slapping timber, ropes creaking',
      ),
      place(
        ['Boathouse', 'Nhà để thuyền', 'Cobertizo de botes', 'Bootshaus', 'Hangar à bateaux'],
        'dim tarred-wood boathouse, an upturned rowing boat on trestles, nets, light through cracks in the boards',
        'the sliding door',
        'the hull of the upturned boat',
        'the slipway running into the water',
        'drips, a loose board knocking, gulls outside',
      ),
      place(
        [
          'Cliff Path',
          'Đường mòn vách đá',
          'Sendero del acantilado',
          'Klippenpfad',
          'Sentier de la falaise',
        ],
        'narrow path along a grassy cliff edge, leaning fence posts, long drop to grey surf',
        'the bend in the path',
        'a flat stone by the fence',
        'the surf far below',
        'wind in dry grass, surf, one gull',
      ),
    ],
  },
  {
    id: 'space',
    words: wholeWord(
      'space|spaceships?|starship|astronauts?|cosmonauts?|mars|moon|planets?|orbit|galaxy|rocket|robots?|androids?|aliens?|vũ trụ|phi hành gia|tàu vũ trụ|sao hỏa|mặt trăng|người máy|espacio|astronauta|marte|luna|nave espacial|weltraum|weltall|mond|raumschiff|roboter|espace|astronaute|lune|vaisseau',
    ),
    object: 'cracked data tablet',
    places: [
      place(
        [
          'Observation Deck',
          'Khoang quan sát',
          'Mirador de la estación',
          'Aussichtsdeck',
          "Pont d'observation",
        ],
        'curved white cabin with one huge round window, padded bench, thin strip lights along the floor',
        'the round hatch',
        'the padded bench',
        'the stars beyond the glass',
        'low hum, soft ventilation',
      ),
      place(
        [
          'Workshop Bay',
          'Khoang sửa chữa',
          'Taller de la estación',
          'Werkstattmodul',
          'Module atelier',
        ],
        'cramped metal workshop, tools strapped to every wall, one orange work lamp, open machine on a bench',
        'the sliding bulkhead',
        'the steel bench',
        'the row of blinking gauges',
        'relays clicking, a fan that rattles',
      ),
      place(
        [
          'Greenhouse Module',
          'Khoang nhà kính',
          'Módulo invernadero',
          'Gewächshausmodul',
          'Module serre',
        ],
        'narrow greenhouse tunnel, stacked trays of seedlings, magenta grow lights, condensation on clear walls',
        'the plastic strip curtain',
        'a tray of seedlings',
        'the red dust outside the clear wall',
        'water dripping, pumps breathing',
      ),
      place(
        ['Airlock', 'Khoang khí áp', 'Esclusa', 'Luftschleuse', 'Sas'],
        'bare steel chamber with two heavy doors, suits hanging on hooks, single red lamp, small thick window',
        'the inner door',
        'the bench under the suits',
        'the small thick window',
        'pressure hiss, then near silence',
      ),
      place(
        ['Dust Plain', 'Đồng bằng bụi', 'Llanura de polvo', 'Staubebene', 'Plaine de poussière'],
        'flat rust-red desert under a pale sky, one line of tracks, a tilted antenna mast',
        'the foot of the mast',
        'a half-buried crate',
        'the empty curve of the horizon',
        'breath inside a helmet, faint wind',
      ),
    ],
  },
  {
    id: 'school',
    words: wholeWord(
      'schools?|teachers?|students?|pupils?|class|classroom|university|college|exam|trường|lớp học|học sinh|giáo viên|thầy giáo|cô giáo|sinh viên|escuela|maestr[oa]|profesor[a]?|alumn[oa]s?|schule\\p{L}*|lehrer(?:in)?|schüler(?:in)?|école|institut(?:eur|rice)|élèves?|professeure?',
    ),
    object: 'red exercise book',
    places: [
      place(
        ['Classroom', 'Lớp học', 'Aula', 'Klassenzimmer', 'Salle de classe'],
        'old classroom with tall windows, scratched wooden desks in rows, green chalkboard, dust in the light',
        'the classroom door',
        "the teacher's desk",
        'the empty yard outside the windows',
        'chalk, a clock, distant voices',
      ),
      place(
        [
          'School Corridor',
          'Hành lang trường',
          'Pasillo de la escuela',
          'Schulflur',
          "Couloir de l'école",
        ],
        'long tiled corridor, dented grey lockers on both sides, frosted window at the far end',
        'the swing door',
        'the bench by the lockers',
        'the bright window at the far end',
        'footsteps echoing, a locker slamming',
      ),
      place(
        [
          'School Roof',
          'Sân thượng trường',
          'Azotea de la escuela',
          'Schuldach',
          "Toit de l'école",
        ],
        'flat gravel roof with a low wall, ventilation pipes, laundry-pale sky and town roofs all round',
        'the roof door',
        'the low wall',
        'the roofs of the town',
        'wind, a far-off bell, traffic below',
      ),
      place(
        ['Bus Stop', 'Trạm xe buýt', 'Parada del autobús', 'Bushaltestelle', 'Arrêt de bus'],
        'glass bus shelter on a quiet road, one wooden bench, bare trees, a street lamp',
        'the kerb',
        'the wooden bench',
        'the road in both directions',
        'tyres on asphalt, leaves',
      ),
      place(
        ['Music Room', 'Phòng nhạc', 'Sala de música', 'Musikraum', 'Salle de musique'],
        'high room with a black upright piano, stacked chairs, worn parquet, heavy mustard curtains',
        'the double door',
        'the lid of the piano',
        'the gap between the curtains',
        'a piano string humming, boards creaking',
      ),
    ],
  },
  {
    id: 'kitchen',
    words: wholeWord(
      'chefs?|cooks?|cooking|restaurants?|kitchen|baker[y]?|bakers|bread|noodles?|caf[eé]s?|recipes?|food|coffee|đầu bếp|nhà hàng|quán|bếp|phở|bánh|cà phê|cociner[oa]|restaurante|cocina|panader[oí]a|pan|receta|koch|köchin|küche|bäcker(?:in|ei)?|rezept|brot|cuisini(?:er|ère)|boulang(?:er|ère|erie)|cuisine|recette|pain',
    ),
    object: 'stained recipe book',
    places: [
      place(
        [
          'Restaurant Kitchen',
          'Bếp nhà hàng',
          'Cocina del restaurante',
          'Restaurantküche',
          'Cuisine du restaurant',
        ],
        'narrow steel kitchen, hanging pans, blue gas flames, steam under warm bulbs, white tiles',
        'the swing door',
        'the steel counter',
        'the pass and the dining room behind it',
        'flames, knives on wood, extractor hum',
      ),
      place(
        ['Dining Room', 'Phòng ăn', 'Comedor', 'Gastraum', 'Salle à manger'],
        'small dining room, twelve bare wooden tables, paper lamps, a long street window',
        'the street door',
        'the corner table',
        'the street beyond the window',
        'cutlery, murmurs, rain gutter outside',
      ),
      place(
        ['Back Alley', 'Con hẻm sau', 'Callejón trasero', 'Hinterhof', 'Arrière-cour'],
        'brick alley behind a kitchen, stacked crates, one caged lamp, wet cobbles',
        'the back door',
        'a stack of crates',
        'the strip of sky between the roofs',
        'dripping pipe, fan, a cat',
      ),
      place(
        ['Market Hall', 'Chợ sớm', 'Mercado', 'Markthalle', 'Halle du marché'],
        'covered market with iron columns, heaps of vegetables and herbs, striped awnings, shafts of light',
        'the arch of the gate',
        'a vegetable stall',
        'the crowded aisle',
        'traders calling, crates, scales',
      ),
      place(
        [
          'Upstairs Room',
          'Căn phòng trên gác',
          'Cuarto de arriba',
          'Zimmer im ersten Stock',
          "Chambre à l'étage",
        ],
        'low attic room above a restaurant, iron bed, floral wallpaper, one round window, warm lamp',
        'the top of the stairs',
        'the bedside chair',
        'the round window',
        'muffled kitchen noise through the floor',
      ),
    ],
  },
  {
    id: 'wild',
    words: wholeWord(
      'forests?|woods?|trees?|mountains?|hik(?:er|ers|ing)|wol(?:f|ves)|fox(?:es)?|bears?|deer|jungle|river|lake|desert|rừng|núi|sông|hồ|sói|cáo|bosque|montaña|río|lobo|zorro|wald|berg|fluss|wolf|fuchs|forêt|montagne|rivière|loup|renard',
    ),
    object: 'carved wooden whistle',
    places: [
      place(
        ['Clearing', 'Khoảng rừng trống', 'Claro del bosque', 'Lichtung', 'Clairière'],
        'round forest clearing, tall pines, fallen mossy trunk, ferns, shafts of light',
        'the gap between two pines',
        'the mossy trunk',
        'the dark between the trees',
        'birds, one branch cracking, leaves',
      ),
      place(
        ['River Crossing', 'Khúc sông cạn', 'Vado del río', 'Furt', 'Gué'],
        'shallow stony river between steep banks, a rope bridge with missing planks, cold clear water',
        'the near bank',
        'a flat boulder',
        'the far bank',
        'running water over stones',
      ),
      place(
        ['Hut', 'Căn lều gỗ', 'Refugio', 'Berghütte', 'Refuge'],
        'one-room log hut, stone hearth, bunk with grey blankets, small window, smoke-dark beams',
        'the hut door',
        'the bench by the hearth',
        'the small window',
        'fire crackling, wind in the chimney',
      ),
      place(
        ['Ridge', 'Sống núi', 'Cresta', 'Grat', 'Crête'],
        'bare stony ridge above the tree line, a cairn, wide sky, valleys falling away on both sides',
        'the last steps of the climb',
        'the cairn',
        'the valley far below',
        'steady wind, loose stones',
      ),
      place(
        ['Cave Mouth', 'Cửa hang', 'Boca de la cueva', 'Höhleneingang', 'Entrée de la grotte'],
        'low cave entrance under a rock overhang, sandy floor, roots hanging, daylight fading inward',
        'the rock overhang',
        'a ledge in the rock',
        'the dark further in',
        'slow drips, breath, echo',
      ),
    ],
  },
  {
    id: 'village',
    words: wholeWord(
      'village|farm|farmers?|field|fields|country(?:side)?|barn|orchard|garden(?:er)?s?|rice|horse|làng|quê|nông dân|ruộng|lúa|vườn|cánh đồng|pueblo|granja|granjer[oa]|campo|huerto|jardín|dorf|bauernhof|bauer|bäuerin|feld|garten|gärtner(?:in)?|ferme|fermi(?:er|ère)|champ|jardin(?:ier|ière)?',
    ),
    object: 'tin seed box',
    places: [
      place(
        ['Village Lane', 'Đường làng', 'Camino del pueblo', 'Dorfstraße', 'Ruelle du village'],
        'narrow lane between low stone houses, flower pots, uneven paving, washing lines overhead',
        'the corner of the lane',
        'the step of a house',
        'the fields at the end of the lane',
        'hens, a cart, somebody sweeping',
      ),
      place(
        ['Farmyard', 'Sân nhà nông', 'Corral', 'Hof', 'Cour de ferme'],
        'packed-earth yard, old pump, timber barn with red doors, straw, a bench against the wall',
        'the wooden gate',
        'the bench against the wall',
        'the open barn doors',
        'pump handle, animals, wind vane',
      ),
      place(
        ['Open Field', 'Cánh đồng', 'Campo abierto', 'Offenes Feld', 'Champ'],
        'wide green field with a single tree, a path worn through it, low hills behind',
        'the edge of the field',
        'the roots of the tree',
        'the low hills',
        'insects, wind moving through the crop',
      ),
      place(
        ['Family Kitchen', 'Gian bếp', 'Cocina familiar', 'Wohnküche', 'Cuisine familiale'],
        'farm kitchen with blue cupboards, long oak table, copper pots, small window with a lace curtain',
        'the half-door',
        'the oak table',
        'the yard behind the curtain',
        'clock, fire, a pot lid trembling',
      ),
      place(
        ['Chapel Square', 'Sân đình', 'Plaza de la capilla', 'Kirchplatz', 'Place de la chapelle'],
        'small square with one great old tree, worn stone steps, a well, faded ochre walls',
        'the mouth of the square',
        'the rim of the well',
        'the shuttered windows all round',
        'a bell, pigeons, a distant radio',
      ),
    ],
  },
  {
    id: 'hospital',
    words: wholeWord(
      'hospital|nurses?|doctors?|patients?|surgeons?|clinic|vaccines?|medicine|virus(?:es)?|health|bệnh viện|bác sĩ|y tá|vắc xin|vaccine|hospital|enfermer[oa]|médic[oa]|vacunas?|krankenhaus|arzt|ärztin|krankenschwester|impf\\p{L}*|hôpital|infirmi(?:er|ère)|médecin|vaccins?',
    ),
    object: 'folded patient chart',
    places: [
      place(
        ['Ward', 'Phòng bệnh', 'Sala del hospital', 'Krankenzimmer', 'Chambre de malade'],
        'quiet hospital room with two white beds, pale green curtain, tall window, one reading lamp',
        'the wide ward door',
        'the bedside table',
        'the window and the car park below',
        'monitor beep, soft shoes, ventilation',
      ),
      place(
        ['Night Desk', 'Bàn trực đêm', 'Mostrador de noche', 'Nachtpforte', 'Poste de nuit'],
        'curved reception desk under one lamp, dark corridor behind, potted fern, glass front doors',
        'the glass front doors',
        'the desk',
        'the dark corridor',
        'a telephone, pages, lift chime',
      ),
      place(
        ['Laboratory', 'Phòng thí nghiệm', 'Laboratorio', 'Labor', 'Laboratoire'],
        'bright small laboratory, white benches, racks of glass tubes, microscope, blue shelves',
        'the laboratory door',
        'the white bench',
        'the racks of glass',
        'centrifuge whir, glass touching glass',
      ),
      place(
        ['Stairwell', 'Cầu thang bộ', 'Escalera', 'Treppenhaus', "Cage d'escalier"],
        'concrete stairwell with yellow rail, narrow window on each landing, cool light from above',
        'the fire door',
        'the third step',
        'the turn of the stairs above',
        'steps echoing, a door closing far down',
      ),
      place(
        [
          'Hospital Garden',
          'Vườn bệnh viện',
          'Jardín del hospital',
          'Krankenhausgarten',
          "Jardin de l'hôpital",
        ],
        'small walled garden, gravel path, wooden bench under a birch, lit windows around it',
        'the garden gate',
        'the wooden bench',
        'the lit windows',
        'leaves, gravel, a distant siren',
      ),
    ],
  },
  {
    id: 'stage',
    words: wholeWord(
      'theat(?:re|er)|actors?|actress|stage|danc(?:er|ers|ing)|music(?:ian|ians)?|violin(?:ist)?|piano|pianist|singers?|band|concert|circus|magicians?|clown|ca sĩ|nhạc sĩ|sân khấu|vũ công|teatro|actor|actriz|bailarín|bailarina|músic[oa]|cantante|theater|schauspieler(?:in)?|tänzer(?:in)?|musiker(?:in)?|théâtre|acteur|actrice|danseu(?:r|se)|musicien(?:ne)?',
    ),
    object: 'worn metronome',
    places: [
      place(
        ['Empty Stage', 'Sân khấu trống', 'Escenario vacío', 'Leere Bühne', 'Scène vide'],
        'bare wooden stage, one work light on a stand, red curtain half drawn, dark rows of seats',
        'the wings',
        'the edge of the stage',
        'the dark rows of seats',
        'boards creaking, a lamp buzzing',
      ),
      place(
        ['Dressing Room', 'Phòng hóa trang', 'Camerino', 'Garderobe', 'Loge'],
        'cramped dressing room, mirror framed by bulbs, costumes on a rail, peeling green paint',
        'the dressing-room door',
        'the shelf under the mirror',
        'the row of bulbs in the mirror',
        'muffled applause, hangers, a tap',
      ),
      place(
        ['Rehearsal Room', 'Phòng tập', 'Sala de ensayo', 'Probenraum', 'Salle de répétition'],
        'large bare room, sprung floor, wall of mirrors, upright piano, tall factory windows',
        'the heavy door',
        'the lid of the piano',
        'the wall of mirrors',
        'feet on wood, one piano note',
      ),
      place(
        [
          'Stage Door',
          'Cửa hậu nhà hát',
          'Puerta de artistas',
          'Bühneneingang',
          'Entrée des artistes',
        ],
        'narrow brick passage behind a theatre, iron lamp over a blue door, wet paving',
        'the blue door',
        'the step under the lamp',
        'the street at the end of the passage',
        'rain gutter, traffic, laughter far off',
      ),
      place(
        ['Theatre Roof', 'Mái nhà hát', 'Azotea del teatro', 'Theaterdach', 'Toit du théâtre'],
        'flat tar roof among chimneys, backs of letters without light, city spread out beneath',
        'the roof hatch',
        'the base of a chimney',
        'the lights of the city',
        'wind, distant trams',
      ),
    ],
  },
  {
    id: 'journey',
    words: wholeWord(
      'trains?|station|railway|journey|road|roads|truck|drivers?|travel(?:l?ers?|s|ling)?|bus|airport|tàu hỏa|nhà ga|chuyến đi|hành trình|con đường|tren|estación|viaje|carretera|zug|bahnhof|reise|straße|gare|voyage|route',
    ),
    object: 'battered suitcase',
    places: [
      place(
        ['Platform', 'Sân ga', 'Andén', 'Bahnsteig', 'Quai de gare'],
        'long country platform under an iron canopy, one bench, a hanging clock, rails shining away',
        'the steps to the platform',
        'the bench',
        'the rails running out of sight',
        'rails singing, a clock hand jumping',
      ),
      place(
        ['Compartment', 'Khoang tàu', 'Compartimento', 'Abteil', 'Compartiment'],
        'old train compartment, green velvet seats, brass rack, wide window with land sliding past',
        'the sliding glass door',
        'the folding table',
        'the land sliding past',
        'wheels on joints, glass rattling',
      ),
      place(
        ['Waiting Room', 'Phòng chờ', 'Sala de espera', 'Wartesaal', "Salle d'attente"],
        'high waiting room, tiled floor, long wooden benches, cold stove, tall dusty windows',
        'the double door',
        'a wooden bench',
        'the rails behind dusty glass',
        'steps, a heater, pigeons in the roof',
      ),
      place(
        [
          'Roadside Diner',
          'Quán ven đường',
          'Fonda de carretera',
          'Raststätte',
          'Café de la route',
        ],
        'roadside diner with a long counter, red stools, chrome, wide windows on an empty road',
        'the glass door',
        'the counter',
        'the empty road',
        'coffee machine, a passing truck',
      ),
      place(
        ['Crossroads', 'Ngã tư', 'Cruce de caminos', 'Kreuzung', 'Carrefour'],
        'two straight roads crossing in flat land, one leaning post, dry grass, huge sky',
        'the verge',
        'a milestone',
        'the road that nobody has taken yet',
        'wind in wires, insects',
      ),
    ],
  },
  {
    id: 'palace',
    words: wholeWord(
      'king|queen|prince|princess|knights?|castle|dragons?|kingdom|palace|wizard|witch(?:es)?|magic|emperor|vua|hoàng hậu|công chúa|hoàng tử|lâu đài|rồng|phù thủy|rey|reina|princesa|príncipe|castillo|dragón|bruja|könig(?:in)?|prinz(?:essin)?|schloss|burg|drache|hexe|roi|reine|princesse|château|sorci(?:er|ère)',
    ),
    object: 'silver seal ring',
    places: [
      place(
        ['Great Hall', 'Đại sảnh', 'Gran salón', 'Großer Saal', 'Grande salle'],
        'stone hall with tall narrow windows, long table, faded banners, fire at the far end',
        'the oak doors',
        'the long table',
        'the fire at the far end',
        'fire, steps on stone, chains',
      ),
      place(
        [
          'Tower Stair',
          'Cầu thang tháp',
          'Escalera de la torre',
          'Turmtreppe',
          'Escalier de la tour',
        ],
        'tight spiral stair of worn stone, arrow slits, a rope rail, torch brackets',
        'the turn of the stair',
        'the sill of an arrow slit',
        'the strip of land beyond the slit',
        'wind in the slit, steps above',
      ),
      place(
        ['Walled Garden', 'Khu vườn kín', 'Jardín amurallado', 'Mauergarten', 'Jardin clos'],
        'overgrown garden inside high walls, dry fountain, roses, gravel under leaves',
        'the small iron gate',
        'the rim of the dry fountain',
        'the top of the wall',
        'bees, leaves, a far horn',
      ),
      place(
        ['Old Archive', 'Kho sách cổ', 'Archivo antiguo', 'Altes Archiv', 'Anciennes archives'],
        'vaulted cellar of shelves and scroll boxes, dust, one desk, candle light',
        'the low arch',
        'the desk',
        'the shelves going back into the dark',
        'paper, a candle guttering, mice',
      ),
      place(
        ['Bridge Gate', 'Cổng cầu', 'Puerta del puente', 'Brückentor', 'Porte du pont'],
        'drawbridge over a misty moat, timber gate with iron studs, two stone lions',
        'the foot of the bridge',
        'the back of a stone lion',
        'the road into the mist',
        'chains, water, crows',
      ),
    ],
  },
  {
    id: 'work',
    words: wholeWord(
      'office|company|boss|work|workers?|factory|startup|money|business|programmers?|engineers?|habits?|productivity|computers?|internet|ai|văn phòng|công ty|nhà máy|thói quen|oficina|empresa|fábrica|hábitos?|büro|firma|fabrik|gewohnheit(?:en)?|bureau|entreprise|usine|habitudes?',
    ),
    object: 'blue notebook',
    places: [
      place(
        ['Open-plan Office', 'Văn phòng', 'Oficina', 'Büro', 'Bureau ouvert'],
        'open office with pale wood desks, plants, grey carpet, wide windows over a city',
        'the glass door',
        'the nearest desk',
        'the city beyond the glass',
        'keys, ventilation, a muted phone',
      ),
      place(
        ['Meeting Room', 'Phòng họp', 'Sala de reuniones', 'Besprechungsraum', 'Salle de réunion'],
        'glass-walled room, oval table, six black chairs, one plain lamp overhead',
        'the glass wall',
        'the oval table',
        'the people passing outside the glass',
        'a chair rolling, muffled voices',
      ),
      place(
        ['Small Kitchen', 'Góc bếp nhỏ', 'Cocina pequeña', 'Teeküche', 'Petite cuisine'],
        'small bright kitchen corner, kettle, open shelf of cups, round table, one window',
        'the doorway',
        'the round table',
        'the one window',
        'kettle, spoon in a cup',
      ),
      place(
        ['Park Bench', 'Ghế đá công viên', 'Banco del parque', 'Parkbank', 'Banc du parc'],
        'green bench under a plane tree, gravel path, pond, towers behind the leaves',
        'the gravel path',
        'the bench',
        'the pond',
        'leaves, steps on gravel, a dog',
      ),
      place(
        [
          'Home Desk',
          'Bàn làm việc ở nhà',
          'Escritorio en casa',
          'Schreibtisch zu Hause',
          'Bureau à la maison',
        ],
        'tidy corner of a flat, wooden desk, warm lamp, bookshelf, curtain moving at the window',
        'the door of the room',
        'the wooden desk',
        'the window and the house opposite',
        'clock, pen on paper, street far off',
      ),
    ],
  },
];

/** Where a story goes that names no place of its own. */
export const townSetting: Setting = {
  id: 'town',
  words: wholeWord('city|town|street|home|house|flat|apartment|neighbou?rs?|family'),
  object: 'small brass key',
  places: [
    place(
      ['Narrow Street', 'Con phố nhỏ', 'Calle estrecha', 'Schmale Straße', 'Rue étroite'],
      'narrow sloping street of old brick houses, iron balconies, wet cobbles, one street lamp',
      'the corner',
      'a window ledge',
      'the lower end of the street',
      'gutters, a bicycle, distant traffic',
    ),
    place(
      [
        'Third-floor Flat',
        'Căn hộ tầng ba',
        'Piso del tercero',
        'Wohnung im dritten Stock',
        'Appartement du troisième',
      ],
      'small flat with high ceiling, bookshelves, round table, balcony door, faded green walls',
      'the door of the flat',
      'the round table',
      'the balcony door and the roofs behind it',
      'fridge hum, clock, neighbours through the wall',
    ),
    place(
      ['Stairwell', 'Cầu thang', 'Escalera', 'Treppenhaus', "Cage d'escalier"],
      'old stairwell with worn wooden steps, curved iron rail, letter boxes, coloured glass window',
      'the front door below',
      'the top of the letter boxes',
      'the turn of the stairs',
      'steps, a lock, a light switch clicking off',
    ),
    place(
      [
        'Repair Shop',
        'Tiệm sửa đồ',
        'Taller de reparaciones',
        'Werkstatt',
        'Atelier de réparation',
      ],
      'cluttered repair shop, wall of drawers, workbench under a swinging lamp, dusty shop window',
      'the shop door with its little bell',
      'the workbench',
      'the street behind dusty glass',
      'shop bell, ticking, a small file on metal',
    ),
    place(
      ['Rooftop', 'Sân thượng', 'Azotea', 'Dachterrasse', 'Toit-terrasse'],
      'flat rooftop with washing lines, water tank, low wall, wide view over chimneys',
      'the roof door',
      'the low wall',
      'the chimneys and the sky',
      'wind in sheets, birds, the city below',
    ),
  ],
};
