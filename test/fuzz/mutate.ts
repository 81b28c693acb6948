import fc from 'fast-check';

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** What means something to a reader of Markdown, YAML or JSON, or to nobody. */
export const oddities: readonly string[] = [
  ...['\0', '\ufeff', '\u2028', '\u0085', '\u00a0', '\u200b', '\u202e', '\ud800', '\udc00', '🏮'],
  ...['e\u0301\u0301\u0301', 'ﷺ', '\r', '\r\n', '\n\n', '\t', '\x1b[31m', '\\', '\\\\"', '\\u0000'],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '&a ',
    '*a',
    '<<: *a\n',
    '? ',
    '!!binary ',
    '!!js/function ',
  ],
  ...['|\n', '>-\n', '{', '}', '[', ']', ': ', '- ', '"', "'", '#', '__proto__: ', 'constructor'],
  ...['`', '```', '~~~\n', '<!--', '-->', '<script>', '<![CDATA[', '<?', '> ', '* ', '1. ', '**'],
  ...['_', '![', '](', ')', '[^1]: ', '| a | b |\n|-|-|\n', '&#0;', '&amp;', '\n===\n', '<a@b.c>'],
  ...[
    '## Scene 1: A\n',
    '<!-- scene: aaaaa1 -->',
    '## Outline\n',
    '1. **A** · 8 s <!-- id: aaaaa1 -->',
  ],
  ...[
    '"__proto__":{"polluted":true},',
    '"constructor":{"prototype":{"polluted":1}},',
    '1e999',
    '-0',
  ],
  ...[
    'data: ',
    'data: [DONE]\n\n',
    'event: x\n',
    'null',
    'NaN',
    '```json\n',
    '<think>',
    '</think>',
  ],
  ...[
    '../../etc/passwd',
    'C:\\Windows\\',
    'file:///etc/passwd',
    'http://127.0.0.1/',
    'http://[::1]/',
  ],
  ...[
    '//169.254.169.254/',
    'javascript:alert(1)',
    'data:text/html,x',
    '%2e%2e%2f',
    'https://u:p@h/',
  ],
];

/** One change of a text: at a place from 0 to 1, as often as it says. */
export interface Change {
  readonly kind: 'insert' | 'drop' | 'repeat' | 'move' | 'prefix' | 'flip' | 'ends' | 'cut';
  readonly from: number;
  readonly length: number;
  readonly times: number;
  readonly token: string;
}

/** @param most how often something may be repeated */
export function changes(most: number): fc.Arbitrary<readonly Change[]> {
  const change = fc.record<Change>({
    kind: fc.constantFrom(
      'insert',
      'insert',
      'drop',
      'repeat',
      'move',
      'prefix',
      'flip',
      'ends',
      'cut',
    ),
    from: place,
    length: fc.oneof(place, fc.constant(0.001), fc.constant(0.02)),
    times: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) },
    ),
    token: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...oddities) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
  });
  return fc.array(change, { maxLength: 6 });
}

/** @param limit the most characters that the result has */
export function changed(text: string, list: readonly Change[], limit: number): string {
  return list.reduce((before, change) => apply(before, change, limit).slice(0, limit), text);
}

function apply(text: string, { kind, from, length, times, token }: Change, limit: number): string {
  const start = Math.floor(from * text.length);
  const end = Math.min(text.length, start + Math.ceil(length * text.length));
  const [head, middle, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const room = (piece: string): number =>
    Math.max(1, Math.min(times, Math.floor((limit - text.length) / Math.max(1, piece.length))));
  switch (kind) {
    case 'insert':
      return head + token.repeat(room(token)) + text.slice(start);
    case 'drop':
      return head + tail;
    case 'repeat':
      return head + middle.repeat(room(middle)) + tail;
    case 'move':
      return middle + head + tail;
    case 'prefix':
      return head + middle.replace(/^/gm, token.repeat(Math.min(times, 200))) + tail;
    case 'flip':
      return (
        head +
        String.fromCharCode(text.charCodeAt(start) ^ (1 << (times % 16))) +
        text.slice(start + 1)
      );
    case 'ends':
      return head + middle.replaceAll('\n', times % 2 === 0 ? '\r\n' : '\r') + tail;
    case 'cut':
      return times % 2 === 0 ? head : tail;
  }
}

/** Numbers that a count or a size of a file may be, to nobody's good. */
const fatal = [0, 1, 2, 7, 8, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff];

/** One change of a file. */
export interface ByteChange {
  readonly kind: 'flip' | 'word' | 'drop' | 'repeat' | 'move' | 'cut' | 'noise';
  readonly from: number;
  readonly length: number;
  readonly value: number;
}

export const byteChanges: fc.Arbitrary<readonly ByteChange[]> = fc.array(
  fc.record<ByteChange>({
    kind: fc.constantFrom(
      'flip',
      'flip',
      'word',
      'word',
      'word',
      'drop',
      'repeat',
      'move',
      'cut',
      'noise',
    ),
    from: place,
    length: fc.oneof(place, fc.constant(0.001), fc.constant(0.02)),
    value: fc.oneof(fc.constantFrom(...fatal), fc.integer({ min: 0, max: 0xffff_ffff })),
  }),
  { maxLength: 5 },
);

export function changedBytes(bytes: Buffer, list: readonly ByteChange[], limit: number): Buffer {
  return list.reduce((before, change) => applyBytes(before, change).subarray(0, limit), bytes);
}

function applyBytes(bytes: Buffer, { kind, from, length, value }: ByteChange): Buffer {
  const start = Math.floor(from * bytes.length);
  const end = Math.min(bytes.length, start + Math.ceil(length * bytes.length));
  const [head, middle, tail] = [
    bytes.subarray(0, start),
    bytes.subarray(start, end),
    bytes.subarray(end),
  ];
  const copy = Buffer.from(bytes);
  switch (kind) {
    case 'flip':
      copy[start] = (copy[start] ?? 0) ^ (1 << (value % 8));
      return copy;
    case 'word':
      if (start + 4 <= copy.length) copy.writeUInt32BE(value, start);
      return copy;
    case 'drop':
      return Buffer.concat([head, tail]);
    case 'repeat':
      return Buffer.concat([head, ...Array.from({ length: (value % 5) + 2 }, () => middle), tail]);
    case 'move':
      return Buffer.concat([middle, head, tail]);
    case 'cut':
      return value % 2 === 0 ? head : tail;
    case 'noise':
      for (let i = start; i < Math.min(end, start + 64); i++) copy[i] = (value * (i + 1)) % 251;
      return copy;
  }
}
