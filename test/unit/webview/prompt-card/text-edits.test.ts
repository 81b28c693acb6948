import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyEdits,
  keepInFence,
  smallestEdit,
} from '../../../../src/webview/prompt-card/text-edits.ts';
import { codeCloser } from '../../../../src/script/markdown/block-types.ts';

describe('the edit of a prompt', () => {
  it('makes the text that was typed, and is the least that does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '`', '😀') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = smallestEdit(before, after);
        assert.equal(edit === undefined, before === after);
        if (edit === undefined) return;
        assert.equal(applyEdits(before, [edit]), after);
        const taken = before.slice(edit.offset, edit.offset + edit.length);
        const isLeast =
          !edit.newText.startsWith(taken.charAt(0)) && !edit.newText.endsWith(taken.slice(-1));
        assert.ok(isLeast || taken === '' || edit.newText === '');
      }),
    );
  });
});

describe('what is typed into a prompt', () => {
  it('never ends its fence, and stays as it was typed otherwise', () => {
    const line = fc.oneof(
      fc.constantFrom('```', '~~~~', '   ```', '```  ', '````', '``` x', '    ```', '`', ''),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const typed = lines.join('\n');
        const kept = keepInFence('', typed);
        for (const fence of ['```', '~~~', '````']) {
          assert.equal(codeCloser(`${fence}prompt\n${kept}`), fence);
        }
        const words = (text: string): string => text.replace(/^[ \t]+/gmu, '');
        assert.equal(words(kept), words(typed));
      }),
    );
  });

  it('leaves a line alone that stood there before and ended nothing', () => {
    assert.equal(keepInFence('```\nlamp', '```\nlamps'), '```\nlamps');
  });
});
