import assert from 'node:assert/strict';
import fc from 'fast-check';
import { priceInWords } from '../../../src/studios/price-in-words.ts';

/** A page as fal has one for each endpoint. */
function page(words: string): string {
  return [
    '# A model',
    '## Overview\n\n- **Kind**: inference, for $9 per second',
    `## Pricing\n\n${words}\n\nFor more details, see [fal.ai pricing](https://fal.ai/pricing).`,
    '## API Information\n\nIt costs **$7** per second.',
  ].join('\n\n');
}

const veo =
  'For every second of video you generate you will be charged **$0.20** without audio or **$0.40** with audio for 720p or 1080p. At 4k, you will be charged **$0.40** per second without audio, or **$0.60** with. For example, a **5 second video** at **1080p** with **audio on** will cost **$2.00**.';
const kling =
  'For every second of video you generated, you will be charged $0.07 (audio off) or $0.14 (audio on). For example, a 5s video with audio on will cost $0.70';
const wan =
  'For every second of video you generate, you will be charged **$0.068** at **480p**, **$0.14** at **720p**, or **$0.28** at **1080p**. For example, a **5s** video at **720p** will cost **$0.70**. **Pricing is subject to change.**';
const ltx =
  'Your request will cost $0.08 per second for 1080p, $0.16 per second for 1440p or $0.32 per second for 2160p.';
const flux =
  'Your request will be charged at **0.17** $ per second of generated video at 720p, and **0.29** $ per second at 1080p.';
const minimax =
  'Video costs **$0.08** per second at **768p**, **$0.13** per second at **2K** and **$0.16** per second at **4K**.';
const voiced =
  'For every second of video you generated, you will be charged **$0.112** (audio off) or **$0.168** (audio on), if voice control is used you will be charged **$0.196**.';

/** Words of pages as they were read, and what a second with or without sound costs by them. */
const rates: readonly (readonly [
  words: string,
  resolution: string | undefined,
  sound: boolean,
  perSecond: number | undefined,
])[] = [
  [veo, '720p', true, 0.4],
  [veo, '1080p', true, 0.4],
  [veo, '1080p', false, 0.2],
  [veo, '4k', true, 0.6],
  [veo, '4k', false, 0.4],
  [veo, undefined, true, undefined],
  [kling, undefined, true, 0.14],
  [kling, undefined, false, 0.07],
  [kling, '1080p', true, 0.14],
  [wan, '480p', true, 0.068],
  [wan, '720p', true, 0.14],
  [wan, '1080p', false, 0.28],
  [wan, '4k', false, undefined],
  [ltx, '1080p', true, 0.08],
  [ltx, '1440p', true, 0.16],
  [ltx, '4k', true, 0.32],
  [flux, '720p', true, 0.17],
  [flux, '1080p', true, 0.29],
  [minimax, '768P', true, 0.08],
  [minimax, '2K', true, 0.13],
  [minimax, '4K', true, 0.16],
  [voiced, undefined, true, 0.168],
  [voiced, undefined, false, 0.112],
  ['Your request will cost $0.112 per second.', undefined, true, 0.112],
  ['- **Price**: $0.112 per seconds', undefined, true, 0.112],
  ['Requests cost **$0.05**/s.', '720p', true, 0.05],
  [
    'For every second of video you generated, you will be charged $0.42 regardless of whether audio is on or off. For example, a 5s video will cost $2.10.',
    undefined,
    true,
    0.42,
  ],
  [
    'For every second of video you generated, you will be charged $0.42 regardless of whether audio is on or off. For example, a 5s video will cost $2.10.',
    undefined,
    false,
    0.42,
  ],
  ['Video tokens cost **$1.2** per million tokens.', '720p', true, undefined],
  ['Your request will cost **$0.04** per image.', undefined, true, undefined],
  ['Your request will cost **$0.0008** per megapixel of generated video.', '720p', true, undefined],
  ['Your request will cost **$0.40** per video.', undefined, true, undefined],
  ['', undefined, true, undefined],
];

/** The same by the clip. */
const clips: readonly (readonly [string, readonly number[], number, number])[] = [
  [
    'For **5s** video your request will cost **$0.35**. For every additional second you will be charged **$0.07.**',
    [5, 10],
    0,
    0.07,
  ],
  [
    'For **5s** video your request will cost **$1.40**. For every aditional second you will be charged $0.28.',
    [5, 10],
    0,
    0.28,
  ],
  [
    'For 5s video your request will cost $2.50. For every additional second you will be charged $0.40.',
    [5, 8],
    0.5,
    0.4,
  ],
  ['For **4s video** your request will cost **$0.40**.', [4], 0.4, 0],
];

describe('what a clip costs by the words of a page', () => {
  for (const [words, resolution, sound, perSecond] of rates) {
    const wanted = `${resolution ?? 'any'} ${sound ? 'with' : 'without'} sound`;
    it(`${wanted}: ${String(perSecond)} by “${words.slice(0, 90)}”`, () => {
      const price = priceInWords(page(words), { resolution, sound }, [5, 10]);
      assert.deepEqual(
        price,
        perSecond === undefined ? undefined : { currency: 'USD', perClip: 0, perSecond },
      );
    });
  }

  for (const [words, lengths, perClip, perSecond] of clips) {
    it(`${perClip} and ${perSecond} a second by “${words}”`, () => {
      assert.deepEqual(priceInWords(page(words), { sound: true }, lengths), {
        currency: 'USD',
        perClip,
        perSecond,
      });
    });
  }

  it('is not guessed for other lengths than the one that has a price', () => {
    const words = page('For **4s video** your request will cost **$0.40**.');
    assert.equal(priceInWords(words, { sound: true }, [4, 8]), undefined);
  });

  it('is none in a page about something else, and any text can be read', () => {
    assert.equal(priceInWords('<html>$0.40 per second</html>', { sound: true }, [5]), undefined);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const price = priceInWords(page(`${a} $0.4 ${b}`), { sound: true }, [5]);
        assert.ok(price === undefined || price.perSecond >= 0);
      }),
    );
  });
});
