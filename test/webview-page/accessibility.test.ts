import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { startHarness, type Harness, type OpenOptions } from './harness.ts';
import { eachState, longerStrings } from './page-states.ts';
import { themes, type ThemeName } from './themes.ts';

const wide = { viewport: { width: 900, height: 900 } };

const readers: Readonly<Record<string, OpenOptions>> = {
  ...Object.fromEntries(
    (Object.keys(themes) as ThemeName[]).map((theme) => [theme, { ...wide, theme }]),
  ),
  'with words a third longer, in a narrow column': {
    viewport: { width: 300, height: 700 },
    strings: longerStrings,
  },
};

describe('film page, to those who cannot see or point', () => {
  let harness: Harness;
  let axe: string;

  before(async () => {
    harness = await startHarness();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  for (const [reader, options] of Object.entries(readers)) {
    it(`has nothing that axe finds, at any stage: ${reader}`, async function () {
      this.timeout(60_000);
      const open = await harness.open(options);
      await open.page.evaluate(axe);
      await eachState(harness, open, async ({ name }) => {
        const { violations, passes } = await open.page.evaluate<AxeResults>('axe.run()');
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
        );
        assert.deepEqual(found, [], name);
        assert.ok(
          passes.some(({ id }) => id === 'color-contrast'),
          'it looks',
        );
      });
    });
  }
});
