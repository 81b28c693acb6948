import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SceneCard } from '../../../../src/editor/cards/scene-card.ts';
import '../../../support/fake-vscode.ts';

const { cardHtml } = await import('../../../../src/editor/cards/card-html.ts');

const plain: SceneCard = { number: 1, title: 'Snow', seconds: 8, state: 'none', takes: 0 };
const script = '/film/scripts/lamp.md';

/** What makes HTML of a text, with names of files and words as anybody may choose them. */
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('"', "'", '<', '>', '&', '/', '--', 'img', ' ', '&lt;', '\n', '`'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

describe('the HTML of a card', () => {
  it('says how a scene stands, and shows the clip before the picture', () => {
    const ready: SceneCard = {
      ...plain,
      state: 'current',
      takes: 2,
      clip: '/film/videos/lamp/scene-001.mp4',
      picture: '/film/videos/lamp/scene 001.png',
    };
    const html = cardHtml(ready, script, '<pre>A lamp.</pre>');
    assert.match(
      html,
      /<video controls preload="metadata" src="\.\.\/videos\/lamp\/scene-001\.mp4"/u,
    );
    assert.match(html, / poster="\.\.\/videos\/lamp\/scene%20001\.png"/u);
    assert.match(html, /clip ready .*8 s · 2 takes/u);
    assert.ok(html.endsWith('<pre>A lamp.</pre></div>\n'), html);
    const still: SceneCard = { ...plain, picture: '/film/videos/lamp/scene 001.png' };
    assert.match(
      cardHtml(still, script, ''),
      /<img src="\.\.\/videos\/lamp\/scene%20001\.png" alt="/u,
    );
    assert.doesNotMatch(cardHtml(plain, script, ''), /<img|<video/u);
  });

  it('is made of the same elements whatever the words and the files are called', () => {
    const elements = (card: SceneCard): string[] =>
      cardHtml(card, script, '')
        .replaceAll(/"[^"]*"/gu, '""')
        .match(/<[^>]*>/gu) ?? [];
    const file = (name: string): string => `/film/videos/${name}/x`;
    const of = (title: string, name: string): SceneCard => ({
      ...plain,
      title,
      clip: file(name),
      picture: file(name),
    });
    const usual = elements(of('Snow', 'lamp'));
    fc.assert(
      fc.property(anything, anything, (title, name) => {
        assert.deepEqual(elements(of(title, name)), usual);
      }),
    );
  });

  it('leaves out a file whose name no address can say', () => {
    const html = cardHtml({ ...plain, clip: '/film/\ud800.mp4' }, script, '');
    assert.doesNotMatch(html, /<video/u);
  });
});
