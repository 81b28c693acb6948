import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };
import vietnamese from '../../package.nls.vi.json' with { type: 'json' };
import type { CommandId } from '../../src/editor/api.ts';
import '../support/fake-vscode.ts';
import { studioPages } from '../../scripts/studios.ts';
import { jobContext } from '../../src/editor/job-list/job-actions.ts';
import { drawingProviders } from '../../src/studios/drawing/registry.ts';
import { onlineProviders } from '../../src/studios/registry.ts';
import { finalStates, jobStates } from '../../src/jobs/job.ts';

const { accountCommands } = await import('../../src/editor/accounts/account-commands.ts');
const { drawingCommands } = await import('../../src/editor/drawing/drawing-commands.ts');
const { filmCommands } = await import('../../src/editor/film/film-commands.ts');
const { jobListCommands } = await import('../../src/editor/job-list/job-list-commands.ts');
const { jobRowCommands } = await import('../../src/editor/job-list/job-row-commands.ts');
const { pictureCommands } = await import('../../src/editor/pictures/picture-commands.ts');
const { rearrangingCommands } =
  await import('../../src/editor/rearranging/rearranging-commands.ts');
const { renderCommands } = await import('../../src/editor/render/render-commands.ts');
const { takeCommands } = await import('../../src/editor/render/take-commands.ts');
const { rewritingCommands } = await import('../../src/editor/rewriting/rewriting-commands.ts');
const { markCommands } = await import('../../src/editor/script/register-script.ts');
const { sentCommands } = await import('../../src/editor/sent/register-sent.ts');
const { sceneCommands } = await import('../../src/editor/scenes/register-scenes.ts');
const { writingCommands } = await import('../../src/editor/writing/writing-commands.ts');

const root = path.join(import.meta.dirname, '..', '..');

interface Property {
  readonly scope?: string;
  readonly enum?: readonly string[];
}

/** The settings of all groups. */
const properties: Readonly<Record<string, Property>> = Object.fromEntries(
  manifest.contributes.configuration.flatMap((group) => Object.entries<Property>(group.properties)),
);

/** The ids of all commands that the features register. */
function registeredIds(): string[] {
  const nothing = {} as never;
  const commands: Readonly<Record<CommandId, unknown>> = {
    ...accountCommands(nothing),
    ...drawingCommands(nothing),
    ...filmCommands(nothing, nothing),
    ...jobListCommands(nothing),
    ...jobRowCommands(nothing),
    ...markCommands(nothing, nothing, nothing),
    ...pictureCommands(nothing),
    ...rearrangingCommands(nothing),
    ...renderCommands(nothing),
    ...rewritingCommands(nothing),
    ...sceneCommands(nothing, nothing),
    ...sentCommands(nothing, nothing),
    ...takeCommands(nothing),
    ...writingCommands(nothing),
  };
  return Object.keys(commands);
}

describe('the manifest', () => {
  it('declares every command that the code registers, and no other', () => {
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).sort(),
      registeredIds().sort(),
    );
  });

  it('names a text for every placeholder, and has no text that nothing uses', () => {
    const used = readFileSync(path.join(root, 'package.json'), 'utf8').match(/%[\w.-]+%/gu) ?? [];
    assert.deepEqual(
      [...new Set(used.map((placeholder) => placeholder.slice(1, -1)))].sort(),
      Object.keys(english).sort(),
    );
  });

  it('leaves no word that VS Code shows to one language', () => {
    const fixed: string[] = [];
    const shown =
      /^(?:title|label|shortTitle|contents|altText|alt|name|markdownDescription|description|enumDescriptions|markdownEnumDescriptions|enumItemLabels|patternErrorMessage|deprecationMessage)$/u;
    const look = (value: unknown, key: string): void => {
      if (typeof value === 'string') {
        if (shown.test(key) && !/^%[\w.-]+%$/u.test(value)) fixed.push(value);
      } else if (Array.isArray(value)) for (const one of value) look(one, key);
      else for (const [name, one] of Object.entries(value ?? {})) look(one, name);
    };
    look(manifest.contributes, '');
    // Our own name, and those of languages in themselves.
    assert.deepEqual(new Set(fixed), new Set(['Scenewright', 'English', 'Tiếng Việt']));
  });

  it('offers every studio that there is', () => {
    assert.deepEqual(properties['scenewright.video.provider']?.enum, [
      'animatic',
      ...onlineProviders,
    ]);
  });

  it('offers every studio for pictures that there is', () => {
    assert.deepEqual(properties['scenewright.pictures.provider']?.enum, [
      'animatic',
      ...drawingProviders,
    ]);
  });

  for (const { file, text } of studioPages()) {
    it(`says of the studios what their adapters say, as ${file} does`, () => {
      const isNew = (line: string): boolean => !present.includes(line);
      const present = readFileSync(path.join(root, file), 'utf8').split('\n');
      const wanted = text.split('\n');
      assert.deepEqual(
        present,
        wanted,
        `"npm run studios" writes into ${file}:\n${wanted.filter(isNew).join('\n')}`,
      );
    });
  }

  it('keeps every address that a key is sent to, and what costs money, out of reach of a workspace', () => {
    for (const [key, { scope }] of Object.entries(properties)) {
      if (!/baseUrl|ffmpegPath|price|budget|upscale/u.test(key)) continue;
      assert.equal(scope, 'machine', key);
    }
  });

  it('keeps what needs a row out of the palette, and what needs jobs while there are none', () => {
    const palette = new Map(
      manifest.contributes.menus.commandPalette.map(({ command, when }) => [command, when]),
    );
    assert.equal(palette.get('scenewright.revealScene'), 'false');
    for (const id of registeredIds()) {
      if (!id.startsWith('scenewright.jobs.')) continue;
      assert.match(
        palette.get(id) ?? '',
        /^scenewright\.jobs\.(any|underWay|paused|retriable)$/u,
        id,
      );
    }
  });

  it('shows one to three inline actions on the row of any job', () => {
    const inline = manifest.contributes.menus['view/item/context'].filter(
      ({ group, when }) =>
        group.startsWith('inline') && when.startsWith('view == scenewright.jobs'),
    );
    const shownFor = (viewItem: string): string[] =>
      inline.flatMap(({ command, when }) => {
        const pattern = /viewItem =~ \/(.+)\/$/u.exec(when)?.[1];
        assert.ok(pattern, when);
        return new RegExp(pattern, 'u').test(viewItem) ? command : [];
      });
    const view = {
      id: 'a',
      kind: 'clip',
      take: 1,
      script: '',
      scene: 1,
      sceneId: 'abcdef',
      title: '',
      studio: 'fal',
    } as const;
    for (const state of jobStates) {
      for (const paused of [false, true]) {
        for (const more of [{}, { file: '/a.mp4' }, { file: '/a.mp4', error: 'No poster.' }]) {
          const isRetried =
            finalStates.has(state) && (state !== 'done' || ('error' in more && more.error !== ''));
          const retry = isRetried ? ({ retry: 'helps' } as const) : {};
          const viewItem = jobContext({ ...view, state, paused, ...more, ...retry });
          const shown = shownFor(viewItem);
          if (state === 'done' && !('file' in more)) continue;
          assert.ok(shown.length >= 1 && shown.length <= 3, `${viewItem}: ${shown.join(', ')}`);
          assert.equal(new Set(shown).size, shown.length, viewItem);
        }
      }
    }
    const gone = jobContext({ ...view, state: 'done', paused: false, file: '/a.mp4' }, true);
    assert.deepEqual(shownFor(gone), ['scenewright.jobs.renderAgain']);
    assert.deepEqual(shownFor('script canRetry canPause'), ['scenewright.assembleVideo']);
  });

  it('has each command first in the palette when its title is typed, in every language', () => {
    // Jobs are picked in their list; there these only ask which one is meant.
    const ofOneJob = 'command.jobs.';
    for (const words of [english, vietnamese]) {
      const titles = Object.entries(words).filter(([key]) => key.startsWith('command.'));
      for (const [key, title] of titles.filter(([one]) => !one.startsWith(ofOneJob))) {
        // Nobody types the dots.
        const typed = title.replace(/…$/u, '');
        const found = titles.map(([, other]) => other).filter((other) => isFound(typed, other));
        const [first] = found.sort((a, b) => a.localeCompare(b));
        assert.equal(first, title, `${key}: typed, “${typed}” is ${first}`);
      }
    }
  });
});

/**
 * Whether VS Code's palette lists a title for what is typed: each word, or a part that one begins with, is found in
 * it in this order, and others may stand between. What is found is listed by the alphabet.
 */
function isFound(typed: string, title: string): boolean {
  const [sought, text] = [typed.toLowerCase(), title.toLowerCase()];
  const begins = [...text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const goesOn = (from: number, at: number): boolean => {
    if (from === sought.length) return true;
    const isNext = text[at] === sought[from];
    if (sought[from] === ' ' && !isNext) return goesOn(from + 1, at);
    return (
      (isNext && goesOn(from + 1, at + 1)) ||
      begins.some(
        (begin) => begin > at && text[begin] === sought[from] && goesOn(from + 1, begin + 1),
      )
    );
  };
  return begins.some((begin) => text[begin] === sought[0] && goesOn(1, begin + 1));
}
