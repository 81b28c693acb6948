import type { Words } from './bank.ts';
import { scene, told, translatedBank, type Translations } from './translate.ts';

const words: Words = {
  time: {
    dawn: 'rạng sáng',
    morning: 'buổi sáng',
    noon: 'buổi trưa',
    afternoon: 'buổi chiều',
    dusk: 'chạng vạng',
    night: 'ban đêm',
  },
  day: 'ngày {day}',
  props: {
    absent: '{object}: chưa ai tìm thấy',
    hero: '{object}: {hero} đang giữ',
    rival: '{object}: trong tay {rival}',
    regained: '{object}: không còn trong tay {rival}',
    given: '{object}: {ally} giữ những gì còn lại',
    none: 'đạo cụ: ở đúng chỗ cần dùng',
  },
  knows: {
    nothing: 'bí mật: chưa ai nghi ngờ',
    hero: 'bí mật: chỉ {hero} biết',
    shared: 'bí mật: {hero} và {ally} đã biết, {rival} đoán ra phần nào',
    truth: 'bí mật: {hero} và {rival} biết, {ally} chưa biết hết',
    all: 'bí mật: mọi người đều biết',
    viewer: 'người xem: biết những gì đã được cho thấy',
  },
  wears: {
    plain: '{hero}: trang phục như trong danh sách nhân vật',
    coat: '{hero}: khoác thêm áo choàng sẫm màu',
    worn: '{hero}: áo choàng sẫm màu, đã rách và bám bụi',
    fresh: '{hero}: trang phục sạch sẽ trở lại, không còn áo choàng',
  },
  premise: 'Lần đầu tiên không thể làm ngơ được nữa: {idea}.',
  logline: {
    'three-act': '{premise} {rival} muốn giấu kín, còn {hero} phải chọn giữa giữ lại và buông tay.',
    list: '{topic}: {count} điều, từ dễ nhất đến điều giữ tất cả lại với nhau.',
    explainer:
      '{question} Trả lời từng bước, với một so sánh, một ví dụ và một hiểu lầm thường gặp.',
  },
  turn: 'Hãy cho thấy bước ngoặt của cảnh: cuối cảnh có gì khác lúc đầu?',
  asked: 'Yêu cầu: {instruction}',
  takes: [
    'Ta vào cảnh muộn, khi câu quan trọng nhất vừa được nói xong.',
    'Cả cảnh diễn ra trong một cái nhìn, giữ lâu hơn mức dễ chịu.',
    'Thoạt đầu ta nhìn từ bên ngoài, qua kính, không nghe tiếng.',
    'Máy quay ở lại trên đôi tay; gương mặt đến sau cùng.',
    'Cảnh bắt đầu từ kết quả, rồi mới cho thấy vì sao.',
    'Một người khác đứng nhìn ở rìa khung hình, và ta nhìn gương mặt ấy.',
  ],
  ranks: [
    'Một điều dễ: hôm nay làm được ngay.',
    'Ai cũng biết, mà hiếm ai làm.',
    'Nghe có vẻ sai, cho đến khi thử.',
    'Tốn một chút, và chính vì thế mà hiệu quả.',
    'Đây là điều người ta hay cãi nhau.',
    'Nhỏ thôi, gần như vô hình, mà thay đổi phần còn lại.',
  ],
  lastRank: 'Và điều này giữ tất cả lại với nhau.',
  stages: [
    'Mọi thứ bắt đầu từ một điều rất nhỏ.',
    'Phần thứ hai chờ phần thứ nhất.',
    'Giờ thì hai thứ gặp nhau.',
    'Từ đây mọi việc nhanh hơn.',
    'Chính ở đây hướng đi được quyết định.',
  ],
  lastStage: 'Và thế là xong.',
  voices: [
    'trầm và đều; ngừng trước những từ quan trọng',
    'nhanh, hài hước tỉnh khô',
    'nhẹ, lịch sự; không bao giờ cao giọng',
    'chậm, ấm, hơi khàn',
  ],
  item: 'Điều {n}',
  step: 'Bước {n}',
  untitled: 'Chưa đặt tên',
  this: 'điều này',
  question: '{topic}: thật ra là thế nào?',
  objects: [
    ['chiếc đồng hồ quả quýt', 'old pocket watch', 'đồng hồ'],
    ['bức ảnh cũ', 'old photograph', 'bức ảnh|tấm ảnh|ảnh cũ'],
    ['chiếc hộp thiếc', 'small tin box', 'chiếc hộp|hộp'],
    ['cuốn sổ đỏ', 'red notebook', 'cuốn sổ|quyển sổ|nhật ký|cuốn sách'],
    ['bức thư cũ', 'old letter', 'bức thư|lá thư|thư'],
    ['tấm bản đồ', 'old map', 'bản đồ'],
    ['chiếc chìa khóa', 'brass key', 'chìa khóa'],
    ['chiếc nhẫn', 'silver ring', 'chiếc nhẫn|nhẫn'],
    ['chiếc đèn lồng', 'paper lantern', 'đèn lồng'],
    ['cây đàn nhỏ', 'small wooden lute', 'cây đàn|đàn bầu|đàn'],
  ],
};

const texts: Translations = {
  whole: {
    0: scene(
      'Trước và sau',
      'Một lựa chọn, thấy trọn vẹn: {hero} có thể giữ {object} và đã buông ra. {premise}',
      '{hero} dừng lại, hai tay đưa {object} ra phía trước. Một nhịp thở; rồi {hero} đặt xuống và đi tiếp tay không.',
      [['khẽ', 'Nó chưa bao giờ là của tôi.']],
      'Một cảnh chỉ chứa một thay đổi: {hero} từ bỏ điều gì ở đây?',
    ),
  },
  hook: {
    0: scene(
      'Hình ảnh đầu tiên',
      'Ta gặp {hero} một mình, làm rất giỏi một việc không ai thấy: cuộc sống trước kia.',
      '{hero} làm việc một mình, đôi tay biết rõ động tác kế tiếp. Một tiếng động nhỏ ngoài khung hình, và đôi tay dừng lại.',
      [],
      'Hình đầu và hình cuối nên soi vào nhau: điều gì sẽ trông giống hệt mà mang nghĩa ngược lại?',
    ),
    1: scene(
      'Có gì đó không đúng',
      'Một chi tiết trong khung cảnh quen thuộc bị lệch; chỉ {hero} nhận ra.',
      '{hero} đếm những món đồ trước mặt, rồi đếm lại. Thừa ra một món so với hôm qua.',
      [['với căn phòng', 'Cái đó hôm qua đâu có ở đây.']],
    ),
  },
  setup: {
    0: scene(
      'Một ngày bình thường',
      'Luật lệ của thế giới nhỏ này, và điều {hero} còn thiếu.',
      '{hero} đi vòng quen thuộc, chạm vào từng vật theo đúng thứ tự. Đến vật cuối cùng, bàn tay ngập ngừng rồi bỏ qua.',
      [],
      'Viết trong một câu điều {hero} muốn mà không bao giờ nói ra.',
    ),
    1: scene(
      'Hai chén trà',
      '{ally} hiểu {hero} rõ đến mức khó chịu; tình thân hiện ra trong chuyện nhỏ.',
      '{ally} đặt hai chén trà xuống mà không hỏi. {hero} xoay một chén đi một chút cho ngay ngắn.',
      [
        ['tỉnh khô', 'Lại ngủ ở đây rồi.'],
        ['cười nhẹ', 'Có nhắm mắt mà. Thế là tính.'],
      ],
    ),
    2: scene(
      'Điều cấm kỵ',
      '{rival} nhắc {hero} về một giới hạn ai cũng giữ; {hero} vâng theo, lúc này.',
      '{rival} đứng chắn giữa lối đi và chờ được nhìn thấy. {hero} đặt đồ xuống và lùi lại một bước.',
      [
        ['thân thiện, dứt khoát', 'Ta đã thỏa thuận. Đừng đụng vào.'],
        ['quá nhanh', 'Dĩ nhiên rồi.'],
      ],
    ),
  },
  incite: {
    1: scene(
      'Khởi đầu',
      '{premise} Không gì còn như trước.',
      '{hero} cúi xuống và nhặt {object} lên chỗ sáng. Một vết khắc ở mặt dưới khiến {hero} ngẩng phắt đầu.',
      [['lẩm bẩm', 'Ai để nó lại đây?']],
      'Đây là dấu hiệu đầu tiên của ý tưởng: {idea}. Hãy biến nó thành thứ máy quay thấy được.',
    ),
    2: scene(
      'Nhìn lại lần nữa',
      '{hero} thử xem có thật không, và đó là thật.',
      '{hero} đưa {object} lại gần, hà hơi rồi lấy ngón cái chà mạnh. Vết khắc vẫn còn; bàn tay bắt đầu run.',
      [['nửa cười', 'Không. Không thể nào.']],
    ),
    3: scene(
      'Không thể làm như chưa thấy',
      '{ally} cũng thấy: từ giờ đây không còn là chuyện riêng của {hero}.',
      '{ally} bước vào, ngừng bặt giữa câu và nhìn chằm chằm vào {object}. {hero} khép tay lại, đã quá muộn.',
      [
        ['nhỏ giọng', 'Đừng bảo đó là thứ tôi đang nghĩ.'],
        ['nhỏ giọng', 'Lại gần đây đã.'],
      ],
    ),
  },
  debate: {
    0: scene(
      'Cất đi',
      '{hero} giấu nó và cố sống như không có gì xảy ra.',
      '{hero} đặt {object} xuống và lấy khăn phủ lên. Đi được ba bước, {hero} dừng lại và quay đầu.',
      [],
      'Lý do chính đáng để không làm gì là gì? Nó phải cám dỗ cả người xem.',
    ),
    1: scene(
      'Lời khuyên khôn ngoan',
      '{elder} từng thấy chuyện này một lần và khuyên {hero} để yên.',
      '{elder} nhắm mắt lắng nghe, hai tay đặt trên gối. Khi nghe đến tên vật ấy, đôi mắt mở ra.',
      [
        ['dịu dàng', 'Để lại chỗ cũ đi con.'],
        ['bướng bỉnh', 'Nếu con không làm được thì sao?'],
      ],
    ),
    2: scene(
      'Nên và không nên',
      '{ally} muốn đi, {hero} thì không; mỗi người nói trúng nỗi sợ của người kia.',
      '{ally} đặt một chiếc túi đã gói sẵn vào giữa hai người. Không ai đưa tay ra lấy.',
      [
        ['gắt', 'Cậu đang chờ ai cho phép?'],
        ['tự ái', 'Còn cậu, chỉ chờ cớ để chạy.'],
      ],
    ),
  },
  threshold: {
    0: scene(
      'Thứ mang theo',
      '{hero} quyết định; ta thấy điều đó qua thứ được mang đi và thứ ở lại.',
      '{hero} mặc áo khoác, nhét {object} vào túi trong và đặt chùm chìa khóa nhà xuống. Chùm chìa khóa ở lại.',
    ),
    1: scene(
      'Bước qua',
      '{hero} rời thế giới quen thuộc; đường về khép lại.',
      '{hero} đứng chụm chân trước lối ra, ngoái nhìn một lần rồi bước qua. Phía sau, một ngọn đèn tắt.',
      [
        ['gọi khẽ', 'Chắc chưa?'],
        ['không quay lại', 'Chưa. Đi thôi.'],
      ],
      'Điều gì khép lại sau lưng {hero}, để quay về không còn dễ nữa?',
    ),
  },
  trials: {
    0: scene(
      'Câu hỏi đầu tiên',
      'Mục tiêu: tìm xem còn ai biết. {hero} hỏi thẳng, và hiểu rằng hỏi chính là sai lầm.',
      '{hero} đi từ người này sang người khác, đưa ra bức vẽ {object}. Từng người một nhìn đi chỗ khác.',
      [
        ['lễ phép', 'Bác có thấy vật này chưa?'],
        ['quá nhanh', 'Chưa bao giờ.'],
      ],
    ),
    1: scene(
      'Chỉ quan sát',
      'Thử cách khác: {hero} thôi hỏi và bắt đầu nhìn xem người ta làm gì.',
      '{hero} ngồi xuống một góc, thu nhỏ đôi vai và chờ. Nơi khóe mắt, {elder} lặng lẽ dời một vật đi.',
    ),
    2: scene(
      'Bàn tay sai',
      'Trở ngại: {rival} cũng đã theo dõi, và ngỏ ý giúp, một kiểu giúp không phải là giúp.',
      '{rival} nghiêng người vào chỗ sáng cạnh {hero}, mỉm cười, chìa lòng bàn tay. {hero} sờ vào túi áo và thấy cúc đã bị cởi.',
      [
        ['ấm áp', 'Để tôi cầm hộ cho.'],
        ['lùi lại', 'Nó nhẹ lắm.'],
      ],
      '{rival} cần nó để làm gì? Một lý do ta gần như đồng tình.',
    ),
    3: scene(
      'Mẹo nhỏ thành công',
      'Bước ngoặt: {hero} và {ally} cùng lừa được {rival}, và thấy vui.',
      '{ally} làm rơi cả ôm đồ ngay giữa lối đi. Trong lúc {rival} quỳ xuống nhặt giúp, {hero} bước thẳng qua đống đồ.',
      [
        ['ngọt ngào', 'Ôi, tôi vụng quá.'],
        ['dưới đất', 'Khoan. Khoan đã!'],
      ],
    ),
    4: scene(
      'Hụt hơi',
      'Còn lại: một sự thật mới, và lần đầu cả hai cùng cười.',
      '{hero} và {ally} ngồi phịch xuống, thở dốc và nhìn nhau. Rồi cùng một lúc, cả hai bật cười.',
      [['cười', 'Mình làm việc này dở thật.']],
    ),
  },
  midpoint: {
    1: scene(
      'Hóa ra là thứ khác',
      'Bước ngoặt: vật ấy không như đã tưởng, và nhiệm vụ cũng vậy.',
      '{hero} nghiêng {object} cho những chữ khắc bắt ánh sáng, và mặt tái đi. Đó là một cái tên, một cái tên quen.',
      [
        ['ghé sát', 'Viết gì vậy?'],
        ['gần như không ra tiếng', 'Tên tôi.'],
      ],
      'Trước: họ đi tìm nó. Sau: nó đi tìm họ. Giờ ta biết thêm gì về {idea}?',
    ),
    2: scene(
      'Cái giá mới',
      'Không còn là chuyện muốn hay không; sẽ có người chịu đau nếu {hero} thất bại.',
      '{ally} nhìn {object} rồi nhìn {hero}, chậm rãi kéo một chiếc ghế vào giữa. {hero} không tiến lại.',
      [
        ['dè dặt', 'Vậy cậu đứng về phía nào?'],
        ['thành thật', 'Tôi chưa biết.'],
      ],
    ),
  },
  setbacks: {
    0: scene(
      'Cách cũ thất bại',
      'Mục tiêu: dùng lại mẹo đã thành công. Lần này không được.',
      '{ally} lại làm rơi cả ôm đồ giữa lối đi. {rival} bước vòng qua mà không nhìn xuống.',
      [['gần như tử tế', 'Không có lần hai đâu.']],
    ),
    1: scene(
      'Bạn bè thưa dần',
      'Những người từng giúp giờ đều sợ; {elder} cũng quay đi.',
      '{elder} thấy {hero} đi tới và giơ tay chắn lối. Một cái nhìn lâu; rồi {elder} quay mặt đi.',
      [
        ['van nài', 'Chỉ đêm nay thôi.'],
        ['quay mặt đi', 'Họ đã đến tìm ta rồi.'],
      ],
    ),
    2: scene(
      'Lời nói dối đầu tiên',
      '{hero} giấu {ally} một điều để che chở, và điều đó lộ ra.',
      '{hero} gấp tờ giấy thật nhỏ sau lưng. {ally} bắt gặp cử động ấy từ khóe mắt và không nói gì.',
      [
        ['dò xét', 'Còn gì nữa không?'],
        ['quá trơn tru', 'Hết rồi.'],
      ],
      'Trên tờ giấy có gì? Ta nên biết trước {ally}.',
    ),
    3: scene(
      'Cãi vã',
      'Xung đột lên đỉnh: {ally} tìm ra lời nói dối; điều chưa nói được nói ra.',
      '{ally} lấy một tay vuốt phẳng tờ giấy đã gấp, vuốt đi vuốt lại. {hero} nhìn bàn tay ấy, không nhìn mặt.',
      [
        ['nhỏ', 'Cậu có nó suốt thời gian qua.'],
        ['vỡ giọng', 'Tôi chỉ muốn cậu an toàn.'],
      ],
    ),
    4: scene(
      'Lại một mình',
      'Kết quả: {ally} bỏ đi; {hero} giữ được {object} và mất người bạn.',
      '{ally} bước đi, chậm hơn bất cứ ai thật lòng muốn đi. {hero} mở miệng, rồi khép lại.',
    ),
  },
  crisis: {
    0: scene(
      'Bẫy sập',
      '{hero} đến điểm hẹn với thiện ý; {rival} đã chọn sẵn chỗ.',
      '{hero} bước vào một khoảng lặng quá trọn vẹn. Phía sau, không vội vã, {rival} đứng chắn lối ra duy nhất.',
      [['thân thiện', 'Đến sớm nhỉ. Tốt.']],
    ),
    1: scene(
      'Mất tất cả',
      '{rival} lấy mất {object}; điều {hero} sợ nhất thành sự thật.',
      '{rival} dùng hai ngón tay nhấc {object} khỏi bàn tay mở của {hero}. {hero} để mặc, và nhìn lòng bàn tay trống.',
      [
        ['nhẹ nhàng', 'Lẽ ra cậu có thể đưa cho tôi.'],
        ['vô hồn', 'Tôi biết.'],
      ],
      'Điểm thấp nhất đến từ khuyết điểm của {hero}, không phải từ vận rủi. Khuyết điểm nào?',
    ),
  },
  dark: {
    0: scene(
      'Lặng im',
      '{hero} bỏ cuộc; không có gì xảy ra, và phải chịu đựng điều đó.',
      '{hero} ngồi bệt dưới đất, lưng tựa tường, không động đậy. Ánh sáng trườn qua đôi tay rồi rời đi.',
    ),
    1: scene(
      'Điều người già biết',
      '{elder} rốt cuộc cũng đến và nói ra sự thật còn thiếu.',
      '{elder} chậm chạp ngồi xuống cạnh {hero}, từng khớp xương một. Một lúc lâu cả hai cùng nhìn về phía xa.',
      [
        ['giản dị', 'Ta đã sợ. Giờ vẫn sợ.'],
        ['sau một lúc', 'Vậy sao còn đến?'],
      ],
      '{elder} biết điều gì khiến {hero} nhìn lỗi của mình khác đi?',
    ),
  },
  plan: {
    0: scene(
      'Về lại bên bạn',
      '{hero} đến gặp {ally} không một lời bào chữa, và điều đó mở lòng.',
      '{hero} đứng chờ với hai bàn tay trống cho đến khi {ally} ngẩng lên. Không ai cười; {ally} nhích sang nhường chỗ.',
      [
        ['giản dị', 'Tôi đã nói dối. Xin lỗi.'],
        ['sau một nhịp thở', 'Thôi, ngồi xuống đi.'],
      ],
    ),
    1: scene(
      'Kế hoạch',
      'Những gì học được trên đường thành một kế hoạch chỉ họ mới nghĩ ra.',
      '{hero} vạch ba đường bằng mẩu bút chì; {ally} thêm đường thứ tư. {elder} đặt ngón tay lên điểm giao nhau.',
      [
        ['cười toe', 'Điên hoàn toàn.'],
        ['bình thản', 'Chỉ cần thành công một lần.'],
      ],
      'Cho người xem nghe nửa kế hoạch; nửa kia để dành cho cao trào.',
    ),
  },
  climax: {
    0: scene(
      'Vào hang cọp',
      '{hero} đến nơi {rival} mạnh nhất, lần này mắt mở to.',
      '{hero} đi thẳng tới giữa ánh sáng và dừng lại, hai tay mở. Trong bóng tối có tiếng ghế kéo.',
      [['thích thú', 'Cậu không chịu bỏ cuộc.']],
    ),
    2: scene(
      'Hỏng việc',
      'Kế hoạch gãy ở điểm yếu nhất; {hero} phải đi tiếp không có nó.',
      '{rival} bóp tắt que diêm giữa hai ngón tay và nhìn thẳng vào {hero}. Trong bóng tối có ai đó nín thở.',
      [
        ['trong bóng tối', 'Tưởng tôi không thấy sao?'],
        ['khản giọng', 'Đi đi! Đi tiếp đi!'],
      ],
    ),
    3: scene(
      'Lựa chọn',
      '{hero} có thể lấy {object} hoặc cứu {ally}; lựa chọn cho thấy {hero} đã thành ai.',
      '{rival} giơ cao {object} một tay, tay kia nắm chặt cổ áo {ally}. {hero} chỉ nhìn {ally}, và buông mọi thứ còn lại.',
      [
        ['hét', 'Chọn đi?'],
        ['rất bình tĩnh', 'Chưa bao giờ phải chọn cả.'],
      ],
      'Cùng lựa chọn như lúc đầu, nhưng quyết định ngược lại. Lần đầu ta thấy nó ở đâu?',
    ),
    5: scene(
      'Sau tiếng động',
      'Đã kết thúc; những người còn lại tìm thấy nhau trong yên lặng.',
      '{hero} và {ally} đứng tựa trán vào nhau, hơi thở chậm lại. {rival} ngồi xuống đất như một đứa trẻ đã mệt.',
      [['thì thầm', 'Xong rồi à?']],
    ),
  },
  resolution: {
    0: scene(
      'Buổi sáng mới',
      'Thế giới vẫn vậy; cách {hero} đi trong đó thì khác.',
      '{hero} đi vòng quen thuộc, chạm vào từng vật khi ngang qua. Lần này bàn tay không bỏ qua vật cuối cùng.',
    ),
    1: scene(
      'Về đúng chỗ',
      'Thứ đã khởi đầu tất cả được trao cho người xứng đáng.',
      '{hero} đặt những gì còn lại của {object} vào lòng bàn tay {ally} và khép các ngón tay lại. Không ai giữ quá lâu.',
      [
        ['ngạc nhiên', 'Cậu cho luôn sao?'],
        ['nhẹ nhõm', 'Tôi chuyền tay thôi.'],
      ],
    ),
  },
  closing: {
    0: scene(
      'Điều còn lại',
      'Lần cuối nhìn điều đã đổi thay, trong một vật và một cử chỉ.',
      '{hero} bày ra ba chén trà và xoay từng chén cho ngay. Tiếng người nói cười đến gần.',
    ),
    1: scene(
      'Hình ảnh cuối cùng',
      'Hình ảnh đầu tiên trở lại, và giờ mang nghĩa ngược lại.',
      '{hero} làm việc với đôi tay biết rõ động tác kế tiếp, như lúc đầu, và {ally} làm ngay bên cạnh. Lại tiếng động nhỏ ấy; {hero} mỉm cười và làm tiếp.',
      [],
      'Ta mang theo âm thanh cuối nào?',
    ),
  },
  'list-hook': {
    0: told(
      'Lời hứa',
      'Một hình ảnh khiến người xem hỏi ngay: ai làm được thế, và làm sao? Chủ đề: {topic}.',
      '{hero} đứng yên hoàn toàn trong khi mọi người hối hả hai bên. Rồi {hero} quay về phía máy quay và gạt mọi thứ trước mặt sang một bên.',
      ['Có {count} điều.', 'Điều cuối cùng giữ tất cả lại với nhau.'],
      'Ba giây đầu quyết định. Hình nào về “{topic}” khiến ngón tay dừng lướt?',
    ),
    1: told(
      'Điều ngược lại',
      'Khi không có thì ra sao: một thất bại nhỏ ai cũng từng gặp.',
      '{ally} làm rơi chìa khóa, túi và cốc trong một tai nạn chậm rãi. {ally} nhìn vào máy quay như vừa bị bắt gặp.',
      ['Ai cũng có một ngày như thế này.', 'Không nhất thiết phải vậy.'],
    ),
  },
  'list-promise': {
    0: told(
      'Cách đếm',
      'Luật chơi: từ dễ đến khó, với một bất ngờ trên đường.',
      '{hero} xếp một hàng dấu trống, mỗi dấu cho một điều sắp tới. Ngón tay lướt dọc hàng và gõ vào dấu cuối.',
      ['Ta bắt đầu từ điều dễ.', 'Điều khó nhất đến sau cùng.'],
    ),
  },
  'list-item': {
    0: told(
      '{item}',
      '{item} được gọi tên và cho thấy ở dạng đơn giản nhất: [gọi tên trong năm từ].',
      '{hero} đặt thêm một hòn sỏi vào hàng và ngẩng lên. Phía sau, ngoài tiêu cự, {ally} đã làm đúng điều đó.',
      ['{item}.', '{rank}'],
      '{item}: gọi tên trong năm từ, bắt đầu bằng động từ.',
    ),
    1: told(
      '{item}',
      '{item} được thấy qua một người ta đã quen mặt: [gọi tên trong năm từ].',
      '{ally} đang bận việc ở phía xa, không biết mình đang được nhìn. {hero} lấy ngón cái chỉ về phía đó và im lặng.',
      ['{item}.', '{rank}'],
      '{item}: cho thấy trước khi nói. Hàng xóm sẽ nhận ra điều gì?',
    ),
    2: told(
      '{item}',
      '{item} đến như một câu hỏi, và câu trả lời là một vật nhỏ: [gọi tên trong năm từ].',
      '{hero} lật một chiếc bát úp lên; bên dưới là đúng một hòn sỏi. {ally} đã đoán chỗ khác.',
      ['{item}.', '{rank}'],
      '{item}: người xem sẽ kể lại câu nào cho bạn bè?',
    ),
    3: told(
      '{item}: khi thiếu nó',
      'Một ngày không có {item}, kể trong một khoảnh khắc dễ nhận ra.',
      '{ally} bắt đầu ba việc cùng lúc và chẳng việc nào xong. Một cái nhìn dài ra xa.',
      ['Thiếu nó, một ngày trông như thế này.'],
    ),
    4: told(
      '{item}: một cử chỉ',
      '{item} trong một cử chỉ: chính xác đôi tay làm gì.',
      '{hero} làm thật chậm để ai cũng theo kịp từng động tác. Chỉ đôi tay, rồi gương mặt: hóa ra rất đơn giản.',
      ['Chỉ cần thế này thôi.', 'Hãy nhìn đôi tay.'],
      'Cử chỉ nào cho thấy {item}? Chỉ quay cử chỉ đó.',
    ),
    5: told(
      '{item}: vì sao hiệu quả',
      'Lý do đằng sau {item}, bằng một so sánh đời thường.',
      '{hero} đẩy đổ một quân domino và dõi mắt theo cả hàng ngã xuống. Quân cuối chạm vào chiếc chuông nhỏ.',
      ['Vì sao? Một điều nhỏ làm lay điều kế tiếp.'],
      'Chuẩn bị một dữ kiện và nguồn cho {item}.',
    ),
    6: told(
      '{item}: lỗi thường gặp',
      'Chỗ nhiều người sai với {item}: quá nhiều, quá sớm.',
      '{ally} ôm hết mọi thứ vào hai tay và đi được vài bước. Một nửa rơi xuống.',
      ['Lỗi thường gặp: làm tất cả cùng lúc.'],
    ),
    7: told(
      '{item}: bắt đầu nhỏ',
      'Phiên bản {item} cho hôm nay: hai phút, không cần dụng cụ.',
      '{hero} lật chiếc đồng hồ cát, bắt đầu, và dừng khi cát chảy hết. Một cái gật đầu; hôm nay thế là đủ.',
      ['Hai phút là đủ để bắt đầu.'],
    ),
  },
  'list-recap': {
    0: told(
      'Nhìn lại tất cả',
      'Mọi điều một lần nữa, thành chuỗi cử chỉ nhanh, không giải thích.',
      '{hero} đi dọc hàng sỏi đã xếp xong và chạm từng hòn khi ngang qua. Mỗi cái chạm là một hình ngắn đã thấy.',
      ['Một lần nữa, cả {count} điều.', 'Chỉ cần bắt đầu với một.'],
    ),
  },
  'list-closing': {
    0: told(
      'Đến lượt bạn',
      'Một câu hỏi cho người xem, có thể trả lời trong phần bình luận.',
      '{hero} đẩy một chiếc ghế trống về phía máy quay và chờ. Ánh nhìn thân thiện, không chớp.',
      ['Bạn bắt đầu với điều nào?'],
    ),
    1: told(
      'Hình cuối',
      'Hình đầu tiên trở lại: vẫn vội vã ấy, và giờ có một người đi thong thả.',
      '{ally} thong thả bước qua đám đông vội vã. {ally} còn kịp nhặt hộ ai đó một món đồ.',
      ['Hẹn gặp lại.'],
    ),
  },
  'exp-hook': {
    0: told(
      'Câu hỏi',
      'Câu hỏi của phim, do một người thật lòng muốn biết: {question}',
      '{ally} dừng lại giữa chừng, nhìn ra xa và cau mày. {hero} ngẩng lên: câu hỏi hay.',
      ['{question}', 'Phần lớn chúng ta không trả lời được.'],
      'Một đứa trẻ mười tuổi nghĩ câu trả lời là gì? Bắt đầu từ đó.',
    ),
    1: told(
      'Điều nhìn thấy được',
      'Điều ai cũng từng thấy của {subject} mà không biết phía sau là gì.',
      '{hero} kéo rèm cho ánh sáng tràn vào. Trên tường có một cái bóng đang động mà không thấy nguyên do.',
      ['Bấy nhiêu đây thì nhìn thấy được.', 'Phần còn lại ở nơi không ai nhìn.'],
    ),
  },
  'exp-stakes': {
    0: told(
      'Vì sao quan trọng',
      'Điều gì phụ thuộc vào {subject}, với một người, trong một ngày.',
      '{ally} ngồi cầm tờ giấy bằng cả hai tay và đọc đi đọc lại một dòng. {hero} kéo ghế lại gần.',
      ['Đây không chỉ là chuyện của chuyên gia.', 'Sớm muộn nó cũng chạm đến bạn.'],
      'Nêu một người mà hôm nay {subject} làm nên khác biệt.',
    ),
  },
  'exp-picture': {
    0: told(
      'Một hình ảnh so sánh',
      'Một so sánh xuyên suốt phim: {subject} giống như [một vật trong mọi gian bếp].',
      '{hero} dựng một mô hình nhỏ bằng dây, giấy và thủy tinh. {ally} lấy ngón tay xoay nhẹ, và mọi thứ xoay theo.',
      ['Hãy nghĩ đến một thứ bạn biết rõ.', 'Nó hoạt động gần giống như vậy.'],
      'Chọn một so sánh cho {subject} và giữ đến cuối phim.',
    ),
  },
  'exp-parts': {
    0: told(
      'Các phần',
      'Những phần tham gia vào {subject}: không quá ba, mỗi phần một cái tên đơn giản.',
      '{hero} đặt ba vật cách xa nhau: một lớn, một nhỏ, một bằng thủy tinh. Bàn tay dừng lại trên vật nhỏ.',
      ['Có ba thứ tham gia.', 'Thứ nhỏ nhất làm nhiều nhất.'],
      'Ba phần nào? Mạnh tay bỏ hết những phần khác.',
    ),
  },
  'exp-how': {
    0: told(
      '{item}: điều xảy ra',
      '{item} trong cách hoạt động: [điều gì xảy ra, một động từ].',
      '{hero} dời một phần của mô hình đi một gang tay. Những phần khác lần lượt đáp lại.',
      ['{item}.', '{rank}'],
      '{item}: một câu, một động từ. Cái gì làm gì?',
    ),
    1: told(
      '{item}: điều thay đổi',
      '{item} thay đổi một điều, ta thấy trước và sau: [khác ở đâu?]',
      '{ally} lấy tờ giấy che nửa mô hình rồi kéo ra. Một mảnh đã đứng khác trước.',
      ['{item}.', '{rank}'],
      '{item}: trước ra sao, sau ra sao? Hai hình, không hơn.',
    ),
    2: told(
      '{item}: nơi xảy ra',
      '{item} đưa ta đến đúng nơi điều đó xảy ra: [ở đâu?]',
      '{hero} cầm đèn nhỏ dẫn máy quay vòng ra sau mô hình. Thứ nhìn từ trước tưởng kín thì ở đây mở.',
      ['{item}.', '{rank}'],
      '{item}: giờ ta đang ở đâu, và nơi đó lớn chừng nào?',
    ),
    3: told(
      '{item}: nhìn thật gần',
      '{item} nhìn từ rất gần, như thể ta đứng ngay giữa.',
      'Thật lớn trong khung hình, hai phần của mô hình trôi lại gần nhau, chạm và giữ lấy. Giữa chúng bay lên một chút bụi.',
      ['Nhìn gần thì nó như thế này.'],
    ),
    5: told(
      '{item}: và thế là',
      'Điều gì theo sau {item} và dẫn đến bước kế tiếp.',
      '{hero} thả một viên bi lăn theo rãnh cho đến khi nó gõ vào phần kế tiếp. Phần ấy bắt đầu chuyển động.',
      ['Và điều đó khởi động bước kế tiếp.'],
    ),
    6: told(
      '{item}: tự thử',
      '{item} thành thí nghiệm với đồ trong bếp.',
      '{ally} khuấy một giọt mực vào cốc nước. Màu lan ra thành những sợi chậm.',
      ['Bạn có thể thử ở nhà, với một cốc nước.'],
      'Thí nghiệm có thật sự cho thấy {item} không? Hãy thử trước khi quay.',
    ),
  },
  'exp-example': {
    0: told(
      'Trong đời thật',
      'Toàn bộ diễn tiến của {subject} trong một trường hợp thật, từ đầu đến cuối.',
      '{ally} làm một việc thường ngày, trong đó mọi điều vừa kể đều có mặt. {hero} đi theo từ xa và không chỉ vào gì cả.',
      ['Giờ thì tất cả cùng lúc, trong đời thật.', 'Hãy nhìn điều bạn đã biết.'],
      'Người xem gặp trường hợp nào ngay trong tuần này?',
    ),
  },
  'exp-misconception': {
    0: told(
      'Điều nhiều người tin',
      'Hiểu lầm thường gặp nhất về {subject}, kể mà không chế giễu.',
      '{rival} khoa tay giải thích cho {ally}, nghe rất xuôi tai. {hero} lắng nghe một cách thích thú.',
      ['Có thể bạn từng nghe khác.', 'Hiểu lầm ấy có lý do của nó.'],
      'Hiểu lầm nào? Nói điều đúng trước, điều sai sau.',
    ),
  },
  'exp-answer': {
    0: told(
      'Câu trả lời',
      'Câu hỏi ban đầu, trả lời trong một câu ai cũng kể lại được.',
      '{ally} đứng như lúc đầu, nhìn ra xa và không cau mày nữa. {ally} dùng cả hai tay giải thích cho {elder}.',
      ['Vậy, một lần nữa: {question}', 'Giờ bạn nói được trong một câu.'],
      'Viết câu này trước tiên; cả phim là đường đi đến nó.',
    ),
  },
  'exp-closing': {
    0: told(
      'Đến lượt bạn',
      'Một điều nhỏ người xem có thể nhìn khác đi ngay hôm nay.',
      '{hero} trao mô hình cho máy quay bằng cả hai tay. Phía sau, {ally} đã bắt đầu dựng cái khác.',
      ['Hôm nay hãy để ý xem. Nó ở khắp nơi.'],
    ),
  },
};

export const vi = translatedBank('vi', words, texts);
