import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import type { ChosenStudio } from '../../../../src/editor/accounts/services.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { VideoStudio } from '../../../../src/studios/port.ts';

const { ClipPrices } = await import('../../../../src/editor/render/clip-prices.ts');

const listed = { currency: 'USD', perClip: 0, perSecond: 0.4 };
const script = parseScript('---\nscenewright: 1\n---\n');
const another = parseScript('---\nscenewright: 1\nseed: 7\n---\n');

/** A studio that says what it costs, and how often it was asked. */
class Studio {
  asked = 0;
  accounts = [{ id: 'a', name: 'A', key: () => Promise.resolve('k') }];
  fails = false;

  readonly chosen = (): Promise<ChosenStudio> => {
    if (this.fails) return Promise.reject(new Error('There is no account.'));
    const capabilities: VideoStudio['capabilities'] = () => {
      this.asked++;
      return Promise.resolve({ seconds: [8], aspects: ['16:9'], price: listed });
    };
    const studio = { id: 'fal', label: 'fal', capabilities } as unknown as VideoStudio;
    return Promise.resolve({ studio, accounts: this.accounts });
  };
}

describe('the price of a clip that is shown', () => {
  let studio: Studio;
  let prices: InstanceType<typeof ClipPrices>;

  beforeEach(() => {
    forgetSettings();
    setInFile('scenewright.video.negativePrompt', 'global', '');
    setInFile('scenewright.video.price', 'global', {});
    studio = new Studio();
    prices = new ClipPrices(studio.chosen);
  });
  after(forgetSettings);

  const learned = async (of = script): Promise<unknown> => {
    prices.of(of);
    await setImmediate();
    return prices.of(of);
  };

  it('is asked for behind, once for each way of rendering', async () => {
    assert.equal(prices.of(script), undefined);
    assert.deepEqual(await learned(), listed);
    for (let i = 0; i < 3; i++) prices.of(script);
    assert.equal(studio.asked, 1);
    await learned(another);
    assert.equal(studio.asked, 2);
  });

  it('is the writer’s own word where there is one, and another as soon as that changes', async () => {
    await learned();
    setInFile('scenewright.video.price', 'global', { perClip: 2 });
    assert.equal(prices.of(script), undefined, 'the old one is not shown');
    assert.deepEqual(await learned(), { currency: 'USD', perClip: 2, perSecond: 0 });
  });

  it('is looked for again where the studio could not be asked', async () => {
    studio.fails = true;
    assert.equal(await learned(), undefined);
    studio.fails = false;
    assert.deepEqual(await learned(), listed);
  });

  it('is none where nothing is to be paid', async () => {
    studio.accounts = [];
    assert.equal(await learned(), undefined);
    assert.equal(studio.asked, 0);
  });
});
