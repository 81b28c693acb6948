import assert from 'node:assert/strict';
import path from 'node:path';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { ChainTools } from '../../../../src/editor/render/chain-plan.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { chainsOf, chainWords } = await import('../../../../src/editor/render/chain-plan.ts');

/** Scenes 2 and 4 go on from those before them. */
const script = parseScript(sampleScript(4, [0, 1, 2, 3]));
const none: SceneClip = { state: 'none', takes: [] };
const last = { last: { type: 'image/jpeg', sha256: 'frame' } } as const;
const saved = recordOf({ id: 'saved', render: { state: 'saved' }, frames: last });

describe('what clips go on from', () => {
  beforeEach(() => {
    setInFile('scenewright.ffmpegPath', 'global', path.join('/', 'there-is-no-such-program'));
  });
  afterEach(() => {
    forgetSettings();
  });

  const here = (job: JobRecord, take = 1): SceneClip => ({
    state: 'current',
    takes: [],
    job,
    file: job.file,
    take,
  });

  const tools = (clip: SceneClip, more: Partial<ChainTools> = {}): ChainTools => ({
    studio: { id: 'fake', lastFrame: () => Promise.resolve(undefined) },
    takes: { firstFrame: true },
    clipOf: () => clip,
    ordered: new Set(),
    underWay: new Map(),
    ...more,
  });

  const of = async (clip: SceneClip, more: Partial<ChainTools> = {}, from = script) => {
    const found = (await chainsOf(from, [1, 2, 3], tools(clip, more))).get(2);
    if (found === undefined) return undefined;
    if (found.from === undefined) return found.link.without;
    return 'job' in found.from ? found.from.job.id : found.from.ordered;
  };

  it('is the scene before that is ordered with it, else what is on its way, else the clip that counts', async () => {
    const coming = recordOf({ id: 'coming', render: { state: 'accepted' } });
    const running: SceneClip = { ...here(saved), state: 'running', news: coming };
    assert.equal(await of(running, { ordered: new Set([1, 2]) }), 1);
    assert.equal(await of(running), 'coming');
    assert.equal(await of(here(saved)), 'saved');
    const kept = recordOf({ id: 'kept', render: { state: 'accepted' } });
    assert.equal(await of(here(saved), { underWay: new Map([[1, kept]]) }), 'kept');
  });

  it('is the take that the script names, whatever else comes', async () => {
    const text = script.text.replace(/(<!-- scene: \w+)/, '$1 · take: 1');
    const pinned = parseScript(text);
    const ordered = new Set([1, 2]);
    assert.equal(await of(here(saved), { ordered }, pinned), 'saved');
    assert.equal(await of(here(saved, 2), { ordered }, pinned), 1, 'take 1 is not here');
  });

  it('waits for what may have been taken, and is rendered without where there is nothing', async () => {
    const unclear = recordOf({ id: 'unclear', render: { state: 'unclear' } });
    assert.equal(await of({ ...none, state: 'failed', news: unclear }), 'unclear');
    const failed = recordOf({ id: 'failed', render: { state: 'failed', stage: 'service' } });
    assert.equal(await of({ ...none, state: 'failed', news: failed }), 'missing');
    assert.equal(await of(none), 'missing');
    assert.equal(await of({ ...here(saved), job: undefined } as never), 'missing');
  });

  it('is nothing of a sketch, nothing that no frame can be had of, and nothing for who takes none', async () => {
    assert.equal(await of(here({ ...saved, studio: 'animatic' })), 'missing');
    const bare = recordOf({ id: 'bare', render: { state: 'saved' } });
    assert.equal(await of(here(bare)), 'missing');
    const mute = { studio: { id: 'fake' } };
    assert.equal(await of(none, { ...mute, ordered: new Set([1]) }), 'missing');
    setInFile('scenewright.ffmpegPath', 'global', process.execPath);
    assert.equal(await of(here(bare)), 'bare');
    assert.equal(await of(none, { ...mute, ordered: new Set([1]) }), 1);
    assert.equal(await of(here(saved), { takes: undefined }), 'not-taken');
    assert.equal(
      await of(here(saved), { studio: { id: 'animatic', holdsItself: true } }),
      undefined,
    );
  });

  it('is nothing where the scene has a first frame of its own, or begins with a cut', async () => {
    const chains = await chainsOf(script, [1, 2, 3, 4], tools(here(saved)));
    assert.deepEqual([...chains.keys()], [2, 4]);
    const [, second] = script.scenes;
    const own = script.text.replace(
      script.text.slice(second?.span.start, second?.span.end),
      (text) => `${text.trimEnd()}\n\n![First frame](mara.png)\n\n`,
    );
    assert.deepEqual(
      [...(await chainsOf(parseScript(own), [2, 4], tools(here(saved)))).keys()],
      [4],
    );
  });

  it('is told before anything is ordered, in one sentence for each kind', async () => {
    const words = async (more: Partial<ChainTools>): Promise<string> =>
      chainWords(await chainsOf(script, [2, 4], tools(none, more)), 'Fake').join(' ');
    assert.match(
      await words({ ordered: new Set([1, 3]) }),
      /^These begin with the last frame.*2 and 4\.$/,
    );
    assert.match(await words({}), /cannot be had.*2 and 4\.$/);
    assert.match(await words({ takes: {} }), /Fake takes no first frame.*2 and 4\.$/);
  });
});
