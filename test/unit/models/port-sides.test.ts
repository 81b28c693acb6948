import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const models = path.join(import.meta.dirname, '..', '..', '..', 'src', 'models');

/** What the files of a folder import from `src/models`, as paths in there. */
function importsOf(folder: string): string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: models }).flatMap((file) => {
    const source = readFileSync(path.join(models, file), 'utf8');
    return [...source.matchAll(/from '(\.[^']+)'/gu)].map(([, target = '']) =>
      path.join(path.dirname(file), target),
    );
  });
}

describe('the port of a writer model', () => {
  it('shows the offline writer no prompt', () => {
    const imports = importsOf('offline');
    assert.ok(imports.includes('writer-tasks.ts'));
    assert.deepEqual(
      imports.filter((file) => /^(?:prompts|language-model)\b/u.test(file)),
      [],
    );
  });

  for (const folder of ['openai', 'chat', 'language-model']) {
    it(`shows ${folder}/ no task`, () => {
      const imports = importsOf(folder);
      assert.notEqual(imports.length, 0);
      assert.deepEqual(
        imports.filter((file) =>
          /^(?:prompts\b|offline\b|writer-tasks|answer-schemas)/u.test(file),
        ),
        [],
      );
    });
  }
});
