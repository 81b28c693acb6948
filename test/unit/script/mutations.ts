import fc from 'fast-check';
import { lines } from './arbitraries.ts';
import { sampleScript } from './sample.ts';

type Mutation = (text: string) => string;

const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

function onLines(change: (rows: string[], at: number) => void): (at: number) => Mutation {
  return (at) => (text) => {
    const rows = text.split('\n');
    change(rows, Math.floor(at * rows.length));
    return rows.join('\n');
  };
}

/** Sections change places. */
function swapSections(a: number, b: number): Mutation {
  return (text) => {
    const parts = text.split(/^(?=## )/m);
    const [i, j] = [Math.floor(a * parts.length), Math.floor(b * parts.length)];
    const [first, second] = [parts[i] ?? '', parts[j] ?? ''];
    return parts.map((part, k) => (k === i ? second : k === j ? first : part)).join('');
  };
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  where.map(onLines((rows, at) => rows.splice(at, 1))),
  where.map(onLines((rows, at) => rows.splice(at, 0, rows[at] ?? ''))),
  where.map(onLines((rows, at) => (rows[at] = `${rows[at] ?? ''}  `))),
  where.map(onLines((rows, at) => (rows[at] = `\t${rows[at] ?? ''}`))),
  where.map(onLines((rows, at) => (rows[at] = `${rows[at] ?? ''}\r`))),
  fc
    .tuple(where, fc.array(lines, { minLength: 1, maxLength: 3 }))
    .map(([at, added]) => onLines((rows, i) => rows.splice(i, 0, ...added))(at)),
  fc
    .tuple(where, where)
    .map(([from, length]) => onLines((rows, at) => rows.splice(at, Math.floor(length * 12)))(from)),
  fc.tuple(where, where).map(([a, b]) => swapSections(a, b)),
  where.map((at) => (text: string) => text.slice(0, Math.floor(at * text.length))),
  fc.constant((text: string) => text.replaceAll('\n', '\r\n')),
  fc.constant((text: string) => `\ufeff${text}`),
  fc.constant((text: string) => text.trimEnd()),
);

/** Real scripts of up to six scenes, edited by somebody who does not care. */
export const mutatedScript: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    fc.array(mutation, { maxLength: 6 }),
  )
  .map(([count, written, mutations]) => {
    const indexes = [...written.keys()].filter((i) => i < count && written[i] === true);
    return mutations.reduce((text, mutate) => mutate(text), sampleScript(count, indexes));
  });
