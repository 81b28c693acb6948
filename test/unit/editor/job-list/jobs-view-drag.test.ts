import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { clipBlocks, placeBlocks, readClips } from '../../../../src/editor/job-list/job-drag.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';

const folder = path.resolve('/films');
const script = path.join(folder, 'the-lamp.md');
const clip = {
  scene: 12,
  title: 'The lamp goes out',
  file: path.join(folder, 'videos', 'the-lamp', 'scene-012.mp4'),
  poster: path.join(folder, 'videos', 'the-lamp', 'scene-012.jpg'),
};

describe('clips that are dragged into a document', () => {
  it('become a player with an address relative to the document', () => {
    assert.deepEqual(clipBlocks([clip], 'player', script, ''), [
      '<video controls src="videos/the-lamp/scene-012.mp4" poster="videos/the-lamp/scene-012.jpg" title="Scene 12: The lamp goes out"></video>',
    ]);
  });

  it('become a poster with a link where there is one, else a player', () => {
    const { poster, ...bare } = clip;
    assert.ok(poster);
    assert.deepEqual(clipBlocks([clip, bare], 'poster', path.join(folder, 'notes', 'a.md'), ''), [
      '[![Scene 12: The lamp goes out](../videos/the-lamp/scene-012.jpg)](../videos/the-lamp/scene-012.mp4)',
      '<video controls src="../videos/the-lamp/scene-012.mp4" title="Scene 12: The lamp goes out"></video>',
    ]);
  });

  it('are called as a script calls its scenes', () => {
    const german = '---\nscenewright: 1\nlanguage: de\n---\n';
    for (const [text, label] of [
      [german, 'Szene 12: The lamp goes out'],
      [`${german}\n## SZENE 1 – Auf\n`, 'SZENE 12 – The lamp goes out'],
      ['---\nlanguage: de\n---\n', 'Scene 12: The lamp goes out'],
    ] as const) {
      const [poster] = clipBlocks([clip], 'poster', script, text);
      assert.ok(poster?.startsWith(`[![${label}](`), poster);
    }
  });

  it('keep spaces, brackets, quotes and marks in names from ending anything', () => {
    const odd = {
      scene: 1,
      title: 'A "B" <c> [d](e) *f*\n& g',
      file: path.join(folder, 'my (new) [clips] "x"', "a#b?c%d'e*.mp4"),
      poster: path.join(folder, 'p (1).jpg'),
    };
    const [player] = clipBlocks([odd], 'player', script, '');
    assert.equal(
      player,
      '<video controls src="my%20%28new%29%20%5Bclips%5D%20%22x%22/a%23b%3Fc%25d%27e%2A.mp4" poster="p%20%281%29.jpg" title="Scene 1: A &quot;B&quot; &lt;c&gt; [d](e) *f* &amp; g"></video>',
    );
    const [poster] = clipBlocks([odd], 'poster', script, '');
    assert.equal(
      poster,
      '[![Scene 1: A "B" \\<c\\> \\[d\\](e) \\*f\\* \\& g](p%20%281%29.jpg)](my%20%28new%29%20%5Bclips%5D%20%22x%22/a%23b%3Fc%25d%27e%2A.mp4)',
    );
  });

  it('are read back from what was dragged, and nothing else is', () => {
    assert.deepEqual(readClips(JSON.stringify([clip])), [clip]);
    for (const text of ['', '{', 'null', '{}', '[1]', '[{"scene":1}]', '[null]']) {
      assert.deepEqual(readClips(text), []);
    }
  });

  it('are none where somebody else made up what no row could have been', () => {
    for (const forged of [
      { ...clip, scene: 1.5 },
      { ...clip, scene: '1"><script>' },
      { ...clip, file: 'scene-012.mp4' },
      { ...clip, file: path.join(folder, 'id_rsa') },
      { ...clip, file: 'javascript:alert(1)//.mp4' },
      { ...clip, file: path.join(folder, 'scene-\ud800.mp4') },
      { ...clip, poster: 'https://a.example/seen.jpg' },
      { ...clip, poster: path.join(folder, 'id_rsa') },
    ]) {
      assert.deepEqual(readClips(JSON.stringify([forged])), []);
    }
  });
});

const document = `---
scenewright: 1
title: The Last Lamp
characters:
  - name: Mara
    look: yellow coat
---

# The Last Lamp

A keeper learns that one light is enough.

## Outline

1. **The lamp goes out** · 8 s · Lamp room, night · Mara <!-- id: k3f9x2 -->

   Mara climbs the stairs.

   - Enters: Mara on the stairs.
   - Leaves: Mara at the window.

2. **A ship** · 8 s · Lamp room, night · Mara <!-- id: p01a7c -->

## Scene 1: The lamp goes out

<!-- scene: k3f9x2 -->

_Lamp room · night · Mara · 8 s_

Mara stops on the last step.
The great lamp is dark.

> **MARA** (whispering): Not tonight.

**Narration:** Nobody had seen it.

\`\`\`prompt
A dark lamp room,

moonlight on huge glass lenses.
\`\`\`

## Scene 2: A ship

<!-- scene: p01a7c -->

A ship comes.
`;

function dropped(text: string, at: number, blocks: readonly string[]): string {
  const place = placeBlocks(text, at, blocks);
  return text.slice(0, place.offset) + place.text + text.slice(place.offset);
}

describe('the place of what is dropped on a script', () => {
  const blocks = [
    ...clipBlocks([clip], 'player', script, ''),
    ...clipBlocks([{ ...clip, scene: 13 }], 'poster', script, ''),
  ];
  const meaning = (text: string): unknown => {
    const { brief, title, logline, bible, outline, scenes } = parseScript(text);
    return [
      brief,
      title,
      logline,
      bible,
      outline.map(({ beat }) => beat),
      scenes.map(({ id, scene }) => [id, scene]),
    ];
  };

  it('never changes what the script says, wherever it is dropped', () => {
    for (const text of [document, document.replaceAll('\n', '\r\n')]) {
      const before = meaning(text);
      for (let at = 0; at <= text.length; at += 7) {
        const after = dropped(text, at, blocks);
        assert.deepEqual(meaning(after), before, `at ${at}`);
        assert.equal(
          after.replace(/\s/gu, '').length,
          (text + blocks.join('')).replace(/\s/gu, '').length,
        );
      }
    }
  });

  it('is a paragraph of its own behind the one it was dropped on', () => {
    const after = dropped(document, document.indexOf('stops on'), ['<b></b>']);
    assert.ok(after.includes('The great lamp is dark.\n\n<b></b>\n\n> **MARA**'), after);
  });

  it('is the empty line that it was dropped on', () => {
    const at = document.indexOf('\n> **MARA**');
    assert.ok(dropped(document, at, ['<b></b>']).includes('dark.\n\n<b></b>\n\n> **MARA**'));
  });

  it('is behind the prompt, not in it', () => {
    const after = dropped(document, document.indexOf('moonlight'), ['<b></b>']);
    assert.ok(after.includes('lenses.\n```\n\n<b></b>\n\n## Scene 2'), after);
  });

  it('does not come between a scene’s heading and its id', () => {
    const after = dropped(document, document.indexOf('Scene 2: A'), blocks);
    assert.ok(after.includes('## Scene 2: A ship\n\n<!-- scene: p01a7c -->\n'), after);
  });

  it('is the end of the document where nothing stands behind it', () => {
    assert.equal(dropped('Notes', 5, ['<b></b>']), 'Notes\n\n<b></b>\n');
    assert.equal(dropped('', 0, ['<b></b>', '<i></i>']), '<b></b>\n\n<i></i>\n');
  });

  it('keeps every character of any document', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(), (text, at) => {
        const { offset, text: put } = placeBlocks(text, at % (text.length + 1), ['<b></b>']);
        assert.ok(offset >= 0 && offset <= text.length);
        assert.equal(put.trim(), '<b></b>');
      }),
    );
  });
});
