import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { isInside } from '../../../src/base/inside.ts';
import { clipPath, safeName } from '../../../src/jobs/paths.ts';

const folder = path.resolve('/films/videos');

describe('where a clip goes', () => {
  it('is named after script and scene', () => {
    assert.equal(
      clipPath(folder, 'The lamp.md', 12),
      path.join(folder, 'The lamp', 'scene-012.mp4'),
    );
    assert.equal(clipPath(folder, 'x.md', 1234), path.join(folder, 'x', 'scene-1234.mp4'));
    assert.equal(safeName('Ngọn hải đăng – tập 1'), 'Ngọn hải đăng – tập 1');
  });

  for (const name of [
    '../../x',
    '..\\..\\x',
    '/etc/passwd',
    'C:\\Windows\\x',
    '..',
    '.',
    '',
    '   ',
    'con',
    'NUL.md',
    'com1.tar.gz',
    'a\0b',
    'trailing. . .',
    '.hidden',
    'x'.repeat(10_000),
    'đ'.repeat(10_000),
    '👩‍🚀'.repeat(3000),
    'a:b*c?"<>|',
    '\u202egpj.exe',
  ]) {
    it(`is inside the folder and allowed everywhere: ${JSON.stringify(name.slice(0, 20))}`, () => {
      expectGood(name);
    });
  }

  it('is so for any name at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expectGood(name);
      }),
      { numRuns: 2000 },
    );
  });

  function expectGood(name: string): void {
    const file = clipPath(folder, name, 7);
    assert.ok(isInside(folder, file), file);
    const parts = path.relative(folder, file).split(path.sep);
    assert.equal(parts.length, 2);
    const [made = ''] = parts;
    assert.ok(Buffer.byteLength(made) <= 81 && made.length > 0);
    assert.doesNotMatch(made, /[\p{Cc}<>:"/\\|?*]|^[. ]|[. ]$/u);
    assert.doesNotMatch(made, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  }
});
