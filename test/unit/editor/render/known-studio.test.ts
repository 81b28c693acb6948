import assert from 'node:assert/strict';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { defined } from '../../../../src/base/defined.ts';
import type { KnownStudio } from '../../../../src/editor/render/known-studio.ts';
import { next } from '../../../support/next-event.ts';
import { sampleScript } from '../../script/sample.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import type { ChosenStudio } from '../../../../src/editor/accounts/services.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { TakenPictures } from '../../../../src/studios/pictures.ts';
import type { StudioCapabilities, VideoStudio } from '../../../../src/studios/port.ts';

const { KnownStudio: Known } = await import('../../../../src/editor/render/known-studio.ts');

const listed = { currency: 'USD', perClip: 0, perSecond: 0.4 };
const script = parseScript('---\nscenewright: 1\n---\n');
const another = parseScript('---\nscenewright: 1\nseed: 7\n---\n');

/** Its second scene goes on without a cut. */
const chained = parseScript(sampleScript(2, [0, 1]));

/** A studio that says what it costs and takes, and how often it was asked. */
class Studio {
  asked = 0;
  accounts = [{ id: 'a', name: 'A', key: () => Promise.resolve('k') }];
  fails = false;
  takes: TakenPictures | undefined = { firstFrame: true };
  /** Properties of the studio itself. */
  own: Partial<VideoStudio> = { lastFrame: () => Promise.resolve(undefined) };

  readonly chosen = (): Promise<ChosenStudio> => {
    if (this.fails) return Promise.reject(new Error('There is no account.'));
    return Promise.resolve({ studio: this.studio(), accounts: this.accounts });
  };

  readonly studio = (): VideoStudio => {
    const capabilities = (): Promise<StudioCapabilities> => {
      this.asked++;
      return Promise.resolve({
        seconds: [8],
        aspects: ['16:9'],
        price: listed,
        ...defined({ pictures: this.takes }),
      });
    };
    return { id: 'fal', label: 'fal', capabilities, ...this.own } as unknown as VideoStudio;
  };
}

describe('what is known of the studio of the settings', () => {
  let studio: Studio;
  let known: KnownStudio;

  beforeEach(() => {
    forgetSettings();
    setInFile('scenewright.video.negativePrompt', 'global', '');
    setInFile('scenewright.video.price', 'global', {});
    setInFile('scenewright.ffmpegPath', 'global', path.join('/', 'there-is-no-such-program'));
    studio = new Studio();
    known = new Known(studio);
  });
  after(forgetSettings);

  /** What a price is once the studio has been heard. */
  const learned = async (of = script): Promise<unknown> => {
    const heard = next(known.onDidLearn);
    known.priceOf(of);
    await heard;
    return known.priceOf(of);
  };

  it('is asked for behind, once for each way of rendering', async () => {
    assert.equal(known.priceOf(script), undefined);
    assert.deepEqual(await learned(), listed);
    for (let i = 0; i < 3; i++) known.priceOf(script);
    assert.equal(studio.asked, 1);
    await learned(another);
    assert.equal(studio.asked, 2);
  });

  it('has for its price the writer’s own word where there is one, and another as soon as that changes', async () => {
    await learned();
    setInFile('scenewright.video.price', 'global', { perClip: 2 });
    assert.equal(known.priceOf(script), undefined, 'the old one is not shown');
    assert.deepEqual(await learned(), { currency: 'USD', perClip: 2, perSecond: 0 });
  });

  it('is looked for again where the studio could not be asked', async () => {
    studio.fails = true;
    assert.equal(known.priceOf(script), undefined);
    await setImmediate();
    studio.fails = false;
    assert.deepEqual(await learned(), listed);
  });

  it('has no price where nothing is to be paid', async () => {
    studio.accounts = [];
    assert.equal(await learned(), undefined);
  });

  it('says whether clips go on from one another: who takes a first frame, where a last one can be had', async () => {
    for (const [own, takes, chains] of [
      [{ lastFrame: () => Promise.resolve(undefined) }, { firstFrame: true }, true],
      [{ lastFrame: () => Promise.resolve(undefined) }, { references: 3 }, false],
      [{ lastFrame: () => Promise.resolve(undefined) }, undefined, false],
      [{}, { firstFrame: true }, false],
      [{ holdsItself: true }, { firstFrame: true }, false],
    ] as const) {
      Object.assign(studio, { own, takes });
      known = new Known(studio);
      assert.equal(await known.chainsForSure(chained), chains);
      assert.equal(known.chains(chained), chains, 'whoever shows it knows it from then on');
    }
  });

  it('takes clips of a studio that does not say to go on from one another, but where it draws everybody alike', async () => {
    studio.fails = true;
    assert.equal(known.chains(chained), true);
    assert.equal(await known.chainsForSure(chained), true);
    studio.own = { holdsItself: true };
    assert.equal(known.chains(chained), false);
  });

  it('tells whoever shows it once it is otherwise, and no more often', async () => {
    let told = 0;
    known.onDidLearn(() => told++);
    await known.chainsForSure(chained);
    await known.chainsForSure(chained);
    assert.equal(told, 1);
    studio.takes = undefined;
    await known.chainsForSure(chained);
    assert.equal(told, 2);
    assert.equal(known.chains(chained), false);
    studio.fails = true;
    await known.chainsForSure(chained);
    assert.equal(known.chains(chained), false, 'what was said once is known');
  });
});
