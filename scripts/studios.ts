// Writes what is said of the studios on the web outside of their adapters: the setting's values in the
// manifest, their descriptions, and the tables of the README and docs/studios.md.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlineStudios } from '../src/studios/registry.ts';
import type { StudioDefinition } from '../src/studios/web-studio.ts';

const root = path.join(import.meta.dirname, '..');
const setting = 'scenewright.video.provider';
/** The studio on this machine is no service, so nothing of it is written here. */
const animatic = 'animatic';
const textOf = (id: string): string => `setting.video.provider.${id}`;

/** A file in which the studios are named, by its path in the project. */
interface Page {
  readonly file: string;
  readonly text: string;
}

/** What these files have to be, as they are now but for the studios. */
export function studioPages(studios: readonly StudioDefinition[] = onlineStudios): readonly Page[] {
  return [
    manifest('package.json', studios),
    texts('package.nls.json', studios),
    table('README.md', 'studio', (head, known) => [
      head,
      ...known.filter(([id]) => id === `\`${animatic}\``),
      ...studios.map(({ id, description }) => [`\`${id}\``, description]),
    ]),
    table('docs/studios.md', 'id', (head) => [head, ...studios.map(documented)]),
  ];
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Record<string, Record<string, unknown> | undefined>;
    }[];
  };
}

function manifest(file: string, studios: readonly StudioDefinition[]): Page {
  const content = JSON.parse(read(file)) as Manifest;
  const ids = [animatic, ...studios.map(({ id }) => id)];
  const property = content.contributes.configuration
    .map(({ properties }) => properties[setting])
    .find((found) => found !== undefined);
  if (property === undefined) throw new Error(`${file} has no setting ${setting}.`);
  property.enum = ids;
  property.enumDescriptions = ids.map((id) => `%${textOf(id)}%`);
  return { file, text: asJson(content) };
}

function texts(file: string, studios: readonly StudioDefinition[]): Page {
  const known = Object.entries(JSON.parse(read(file)) as Record<string, string>);
  const written = new Map(studios.map(({ id, description }) => [textOf(id), description]));
  const kept = known.filter(
    ([key]) => !key.startsWith(textOf('')) || key === textOf(animatic) || written.has(key),
  );
  const place = kept.findIndex(([key]) => key === textOf(animatic)) + 1;
  const others = (entries: typeof kept): typeof kept =>
    entries.filter(([key]) => !written.has(key));
  const entries = [...others(kept.slice(0, place)), ...written, ...others(kept.slice(place))];
  return { file, text: asJson(Object.fromEntries(entries)) };
}

function documented(definition: StudioDefinition): readonly string[] {
  const { id, label, documentation } = definition;
  // What it is told does not matter for what it can do.
  const told = { baseUrl: 'https://studio.example', model: '', http: undefined as never };
  const studio = definition.create(told);
  return [
    `\`${id}\``,
    label,
    documentation.abilities,
    studio.cancel === undefined ? '–' : 'yes',
    studio.upscale === undefined ? '–' : 'yes',
    documentation.price ?? '–',
  ];
}

type Rows = readonly (readonly string[])[];

/**
 * A page with one of its tables made anew.
 *
 * @param first the head of the table's first column
 * @param make its rows, the head included, from the head and the rows as they are
 */
function table(
  file: string,
  first: string,
  make: (head: readonly string[], known: Rows) => Rows,
): Page {
  const lines = read(file).split('\n');
  const begin = lines.findIndex((line) => new RegExp(`^\\| ${first} +\\|`, 'u').test(line));
  if (begin < 0) throw new Error(`${file} has no table of studios.`);
  const length = lines.slice(begin).findIndex((line) => !line.startsWith('|'));
  const cells = lines.slice(begin, begin + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [head = [], , ...known] = cells;
  lines.splice(begin, length, ...drawn(make(head, known)));
  return { file, text: lines.join('\n') };
}

/** As Prettier draws a table. */
function drawn([head = [], ...rows]: Rows): readonly string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  return [line(head), line([], '-'), ...rows.map((cells) => line(cells))];
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

if (import.meta.main) {
  for (const { file, text } of studioPages()) {
    if (read(file) === text) continue;
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
}
