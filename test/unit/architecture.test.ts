import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { layers } from '../../eslint.config.js';

const root = path.join(import.meta.dirname, '..', '..');

/** room → rooms it imports from, as the source really does. */
function realImports(): Map<string, Set<string>> {
  const imports = new Map(Object.keys(layers).map((room) => [room, new Set<string>()]));
  for (const file of globSync('src/*/**/*.{ts,tsx}', { cwd: root })) {
    const [, room = ''] = file.split(path.sep);
    const source = readFileSync(path.join(root, file), 'utf8');
    for (const [, target = ''] of source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/gu)) {
      const resolved = path.relative(
        path.join(root, 'src'),
        path.resolve(root, path.dirname(file), target),
      );
      const [other = ''] = resolved.split(path.sep);
      if (other !== room) imports.get(room)?.add(other);
    }
  }
  return imports;
}

/** room → rooms it may import from, as the page says. */
function documented(): Map<string, string[]> {
  const page = readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8');
  const rows = page.matchAll(/^- \*\*`(\w+)\/`\*\*:[\s\S]*?\bImports ([^.]*)\./gmu);
  return new Map(
    [...rows].map(([, room = '', allowed = '']) => [
      room,
      [...allowed.matchAll(/`(\w+)`/gu)].map(([, name = '']) => name),
    ]),
  );
}

describe('the architecture page', () => {
  it('shows the same rooms and the same permissions as the lint rule', () => {
    assert.deepEqual(Object.fromEntries(documented()), layers);
  });

  it('is what the source really does', () => {
    const real = realImports();
    assert.ok(
      [...real.values()].some((imports) => imports.size > 0),
      'imports were found',
    );
    for (const [room, imports] of real) {
      for (const other of imports) {
        assert.ok(layers[room]?.includes(other), `src/${room}/ imports from src/${other}/`);
      }
    }
  });
});

/** file → files it imports from, all below these folders; types included. */
function importsOfFiles(...folders: readonly string[]): Map<string, readonly string[]> {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  );
  return new Map(
    files.map((file) => {
      const source = readFileSync(path.join(root, file), 'utf8');
      const targets = [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/gu)];
      return [file, targets.map(([, target = '']) => path.join(path.dirname(file), target))];
    }),
  );
}

/** A chain of imports that comes back to where it began, if there is one. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const from = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const other of imports.get(file) ?? []) {
      const circle = from(other, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = from(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

describe('the benchmarks and what they share with the tests', () => {
  const imports = importsOfFiles('bench', 'fixtures');

  it('import nothing from the tests but the VS Code that those run in', () => {
    const hosts = path.join('test', 'hosts');
    const wrong = [...imports].flatMap(([file, targets]) =>
      targets
        .filter((target) => target.split(path.sep)[0] === 'test' && !target.startsWith(hosts))
        .map(() => file),
    );
    assert.ok(imports.size > 0, 'files were found');
    assert.deepEqual(wrong, []);
  });

  it('go in no circles', () => {
    assert.equal(circleIn(imports)?.join(' → '), undefined);
  });
});

/** The folders of `src/editor/`, lowest first, as the page has them. */
function features(): string[] {
  const page = readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8');
  const table = /^\| folder [\s\S]*?\n\n/mu.exec(page)?.[0] ?? '';
  return [...table.matchAll(/^\| `([\w-]+)\/`/gmu)].map(([, folder = '']) => folder);
}

describe('the features of the editor', () => {
  const folderOf = (file: string): string =>
    path.relative('src/editor', file).split(path.sep)[0] ?? '';
  const imports = [...importsOfFiles('src/editor')].filter(
    ([file]) => !/^src.editor.\w+\.ts$/u.test(file),
  );

  it('are those of the page', () => {
    const folders = new Set(imports.map(([file]) => folderOf(file)));
    assert.deepEqual([...folders].sort(), features().sort());
  });

  it('import only from those that stand before them there', () => {
    const order = ['settings.ts', ...features()];
    for (const [file, targets] of imports) {
      for (const target of targets.filter((one) => folderOf(one) !== '..')) {
        const isLower = order.indexOf(folderOf(target)) <= order.indexOf(folderOf(file));
        assert.ok(isLower && order.includes(folderOf(target)), `${file} imports from ${target}`);
      }
    }
  });
});
