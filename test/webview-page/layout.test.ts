import assert from 'node:assert/strict';
import { pseudoTag } from '../support/pseudo-language.ts';
import { startHarness, type Harness, type OpenOptions } from './harness.ts';
import { largeFont, layoutFaults, spaced } from './layout-faults.ts';
import { eachState, longerStrings } from './page-states.ts';

/** As VS Code shows it to those who zoom its window: fewer pixels, each of them larger. */
const zoomed = (width: number, height: number): OpenOptions => ({
  viewport: { width, height },
  deviceScaleFactor: 2,
});

const readers: Readonly<Record<string, OpenOptions>> = {
  'with the window zoomed to 200 %': zoomed(450, 400),
  'with a narrow column zoomed to 200 %': zoomed(300, 400),
  'with a wide page': { viewport: { width: 900, height: 900 } },
  'with words spaced out, in a narrow column': { ...zoomed(300, 400), styles: spaced },
  'with words spaced out': { viewport: { width: 900, height: 900 }, styles: spaced },
  'with letters of twice the size, in a narrow column': {
    viewport: { width: 300, height: 700 },
    styles: largeFont,
  },
  'with letters of twice the size': { viewport: { width: 900, height: 900 }, styles: largeFont },
  'in another language, zoomed to 200 %': {
    ...zoomed(300, 400),
    strings: longerStrings,
    lang: pseudoTag,
  },
};

describe('film page, however large it is shown', () => {
  let harness: Harness;

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.close());
  afterEach(() => harness.closePages());

  for (const [reader, options] of Object.entries(readers)) {
    it(`has all of it in sight and nothing on something else, ${reader}`, async () => {
      const open = await harness.open(options);
      const faults: string[] = [];
      await eachState(harness, open, async ({ name }) => {
        const found = await open.page.evaluate(layoutFaults);
        faults.push(...found.map((fault) => `${name}: ${fault}`));
      });
      assert.deepEqual(faults, []);
    });
  }
});
