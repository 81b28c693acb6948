import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import nls from '../../package.nls.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '../..');

/** What people read of the project, by its path. */
async function documents(): Promise<readonly (readonly [name: string, text: string])[]> {
  const guides = (await readdir(path.join(root, 'docs'))).filter((name) => name.endsWith('.md'));
  const names = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    ...guides.map((name) => `docs/${name}`),
  ];
  return await Promise.all(
    names.map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const),
  );
}

/** A document without what stands in it as an example. */
function withoutCode(text: string): string {
  return text.replace(/^(```+)[^\n]*\n.*?^\1$/gmsu, '').replace(/(`+)[^`].*?\1/gsu, '');
}

/** The anchors of its headings, as Git hosts make them. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/gu, '-'),
    ),
  );
}

describe('the documents', () => {
  it('lead to places that are there', async () => {
    const texts = await documents();
    const byName = new Map(texts);
    let checked = 0;
    for (const [name, text] of texts) {
      for (const [, target = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/gu)) {
        if (/^[a-z]+:/u.test(target)) continue;
        const [file = '', anchor] = target.split('#');
        const place = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
        assert.ok(existsSync(path.join(root, place)), `${name} leads to ${target}`);
        const there = byName.get(place);
        if (anchor !== undefined && there !== undefined) {
          assert.ok(anchors(there).has(anchor), `${name} leads to ${target}`);
        }
        checked++;
      }
    }
    assert.ok(checked > 10);
  });

  it('say of every command what it takes, and of none that there is not', async () => {
    const text = await readFile(path.join(root, 'docs/commands.md'), 'utf8');
    const told = new Set<string>();
    for (const [, cell = ''] of text.matchAll(/^\| (`scenewright\.[^|]*)\|/gmu)) {
      const [first = '', ...others] = [...cell.matchAll(/`([\w.]+)`/gu)].map(([, id = '']) => id);
      told.add(first);
      const room = first.slice(0, first.lastIndexOf('.') + 1);
      for (const other of others) told.add(`${room}${other}`);
    }
    const all = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      all.filter((id) => !told.has(id)),
      [],
    );
    assert.deepEqual(
      [...told].filter((id) => !all.includes(id)),
      [],
    );
  });

  it('call commands in the first document as the palette does', async () => {
    const readme = withoutCode(await readFile(path.join(root, 'README.md'), 'utf8'));
    const titles = new Set(
      Object.entries(nls)
        .filter(([key]) => key.startsWith('command.'))
        .map(([, title]) => title),
    );
    const [first = ''] = readme.split('## What it will not do');
    const named = [...first.matchAll(/\*\*([A-Z][^*]*?…?)\*\*/gu)].map(([, words = '']) => words);
    const commands = named.filter((words) => titles.has(words));
    for (const title of [
      'New Script…',
      'Render Scenes',
      'Assemble Video',
      'Choose Studio for Clips…',
    ]) {
      assert.ok(commands.includes(title), title);
    }
    // With dots or without, it is one command.
    for (const words of named) {
      const other = words.endsWith('…') ? words.slice(0, -1) : `${words}…`;
      assert.ok(titles.has(words) || !titles.has(other), `the palette has “${other}”`);
    }
  });
});
