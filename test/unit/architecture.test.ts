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
