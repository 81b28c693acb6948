import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { MarkdownIt, PreviewCards } from '../../../../src/editor/cards/preview-cards.ts';
import type { ClipState, SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { commands, tellOfDocument, Uri, workspace } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { PreviewCards: Cards } = await import('../../../../src/editor/cards/preview-cards.ts');

const text = sampleScript(2, [0, 1]);
const script = parseScript(text);
const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
const lines = script.scenes.map(({ promptSpan }) => lineOf(promptSpan?.start ?? 0));

const standing = (...states: ClipState[]): SceneClip[] =>
  states.map((state) => ({ state, takes: [] }));

describe('the cards in a preview', () => {
  let cards: PreviewCards;
  let clips: SceneClip[];
  let refreshed: number;
  const changed = new Emitter<void>();
  const uri = Object.assign(new Uri(), { fsPath: '/film/lamp.md', toString: () => 'file:///lamp' });
  const document = {
    uri,
    positionAt: (offset: number) => ({ line: lineOf(offset) }),
  } as unknown as TextDocument;
  let command: { dispose(): void };

  beforeEach(() => {
    clips = standing('none', 'none');
    refreshed = 0;
    command = commands.registerCommand('markdown.preview.refresh', () => {
      refreshed++;
      return Promise.resolve();
    });
    workspace.textDocuments.push(document);
    cards = new Cards({
      scripts: { isScript: () => true, read: () => script },
      clips: { of: () => clips, onDidChange: changed.event },
      view: () => undefined,
      studio: { priceOf: () => undefined },
    });
  });

  afterEach(() => {
    cards.dispose();
    command.dispose();
    workspace.textDocuments.length = 0;
  });

  /** What is drawn of blocks that begin in these lines. */
  function draw(at: readonly number[], env: object = { currentDocument: uri }): string[] {
    const markdown: MarkdownIt = { renderer: { rules: { fence: () => '<pre></pre>' } } };
    const { renderer } = cards.extend(markdown);
    const tokens = at.map((line) => ({ map: [line, line + 3] as const }));
    return tokens.map((_, i) => renderer.rules.fence?.(tokens, i, {}, env, {}) ?? '');
  }

  const change = (...now: ClipState[]): void => {
    clips = standing(...now);
    changed.fire();
  };

  it('stand around the blocks that are prompts, and no others', () => {
    const drawn = draw([...lines, 0, 3]);
    assert.deepEqual(
      drawn.map((html) => /aria-label="(Scene \d)/u.exec(html)?.[1]),
      ['Scene 1', 'Scene 2', undefined, undefined],
    );
    assert.deepEqual(drawn.slice(2), ['<pre></pre>', '<pre></pre>']);
  });

  it('are none in a text that is no document', () => {
    for (const env of [{}, { currentDocument: undefined }, { currentDocument: 'file:///lamp' }]) {
      assert.deepEqual(draw(lines, env), ['<pre></pre>', '<pre></pre>']);
    }
  });

  it('are drawn again once they would say something else, and that once', () => {
    change('failed', 'none');
    assert.equal(refreshed, 0, 'nothing is drawn yet');
    draw(lines);
    change('failed', 'none');
    assert.equal(refreshed, 0, 'they say the same');
    change('none', 'none');
    assert.equal(refreshed, 1);
    change('failed', 'none');
    assert.equal(refreshed, 1, 'no preview has asked for them since');
  });

  it('wait for jobs under way, so that what plays is stopped once', () => {
    draw(lines);
    change('current', 'running');
    assert.equal(refreshed, 0);
    change('current', 'current');
    assert.equal(refreshed, 1);
  });

  it('are forgotten with their document', () => {
    draw(lines);
    tellOfDocument('close', document);
    change('current', 'current');
    assert.equal(refreshed, 0);
  });
});
