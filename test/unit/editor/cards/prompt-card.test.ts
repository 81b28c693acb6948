import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TextDocument } from 'vscode';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { Take } from '../../../../src/jobs/takes.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ToCard } from '../../../../src/webview/prompt-card/protocol.ts';
import '../../../support/fake-vscode.ts';
import { eventually } from '../../../support/eventually.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScene, sampleScript } from '../../script/sample.ts';

const { PromptCard } = await import('../../../../src/editor/cards/prompt-card.ts');

const sample = sampleScript(3, [0, 1, 2]);
const promptOf = (index: number): string => sampleScene(index).prompt;

describe('the card of a prompt in the text', () => {
  let folder: string;
  let text: string;
  let clips: SceneClip[];
  let posted: ToCard[];
  let ran: { command: string; argument: object }[];
  let card: InstanceType<typeof PromptCard>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-prompt-card-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  beforeEach(() => {
    text = sample;
    clips = [0, 1, 2].map(() => ({ state: 'none', takes: [] }));
    posted = [];
    ran = [];
    const uri = { fsPath: path.join(folder, 'lamp.md'), toString: () => 'file:///lamp.md' };
    const document = { uri, getText: () => text } as unknown as TextDocument;
    card = new PromptCard(
      {
        scripts: { read: () => parseScript(text) },
        clips: { of: () => clips },
        view: () => undefined,
        studio: { priceOf: () => undefined },
      },
      () => document,
      {
        post: (message) => posted.push(message),
        run: (command) => ran.push(command),
        save: () => ran.push({ command: 'save', argument: document }),
        history: (command) => ran.push({ command, argument: {} }),
        edit: (_document, compute) => {
          const edits = compute();
          if (edits !== undefined) text = applyEdits(text, edits);
          return Promise.resolve(edits !== undefined);
        },
        log: (error) => {
          throw error;
        },
      },
    );
  });

  const shows = (showing: number, shown: string): void => {
    card.receive({ type: 'shows', showing, text: shown });
  };
  /** Type it, and wait for the answer. */
  const type = async (showing: number, before: string, after: string): Promise<boolean> => {
    card.receive({ type: 'type', showing, before, text: after });
    const answer = await eventually('an answer', () =>
      Promise.resolve(posted.findLast((one) => one.type === 'typed' && one.text === after)),
    );
    return answer.type === 'typed' && answer.isTaken;
  };
  const last = (): Extract<ToCard, { type: 'card' }> => {
    const told = posted.findLast((message) => message.type === 'card');
    assert.ok(told, 'the card was told nothing');
    return told;
  };
  const act = (label: string): void => {
    const { card: shown, showing } = last();
    const found = [...(shown?.acts ?? []), ...(shown?.takes ?? [])].find(
      (one) => one.label === label,
    );
    assert.ok(found, `${label} among ${JSON.stringify(shown)}`);
    card.receive({ type: 'act', showing, id: found.id });
  };
  const take = (number: number): Take => ({
    take: number,
    state: 'here',
    file: path.join(folder, `take-${number}.mp4`),
  });

  it('is that of the scene whose words it shows, in whatever lines', () => {
    shows(1, `${promptOf(1)}\n`);
    assert.equal(last().card?.label, 'Scene 2: Beat 2');
    text = sample.replaceAll('\n', '\r\n');
    shows(2, `${promptOf(2)}\r\n`);
    assert.equal(last().card?.label, 'Scene 3: Beat 3');
  });

  it('orders what was clicked, of that scene', () => {
    shows(1, promptOf(1));
    act('Render');
    assert.equal(ran[0]?.command, 'scenewright.renderScenes');
    assert.deepEqual((ran[0].argument as { scenes: unknown }).scenes, [2]);
    act('Rewrite');
    assert.equal(ran[1]?.command, 'scenewright.rewriteScene');
  });

  it('puts what is typed into the prompt of its scene, and stays that of the scene', async () => {
    text = sample.replaceAll('\n', '\r\n');
    shows(1, promptOf(1));
    assert.equal(await type(1, promptOf(1), `${promptOf(1)} Fog.\nMore.`), true);
    assert.equal(
      text,
      sample.replace(promptOf(1), `${promptOf(1)} Fog.\nMore.`).replaceAll('\n', '\r\n'),
    );
    act('Render');
    assert.deepEqual((ran[0]?.argument as { scenes: unknown }).scenes, [2]);
  });

  it('puts nothing into a document that says something else by now, or another prompt than it shows', async () => {
    shows(1, promptOf(1));
    text = sample.replace(promptOf(1), 'Something else.');
    const before = text;
    assert.equal(await type(1, promptOf(1), 'Fog.'), false);
    assert.equal(await type(1, promptOf(0), 'Rain.'), false);
    card.receive({ type: 'type', showing: 7, before: promptOf(0), text: 'Hail.' });
    assert.equal(text, before);
  });

  it('lets nobody write out of the fence', async () => {
    shows(1, promptOf(1));
    assert.equal(await type(1, promptOf(1), 'Fog.\n```\n## Scene 9: Mine'), false);
    assert.equal(text, sample);
  });

  it('orders and writes nothing where another scene has the same words, unless it was typed to be so', async () => {
    text = sample.replace(promptOf(1), promptOf(0));
    shows(1, promptOf(0));
    assert.equal(last().card, undefined);
    assert.match(last().note ?? '', /^Scenes 1 and 2 have the same prompt/u);
    assert.equal(await type(1, promptOf(0), 'Fog.'), false);
    text = sample;
    shows(2, promptOf(1));
    assert.equal(await type(2, promptOf(1), promptOf(0)), true);
    assert.equal(last().card?.label, 'Scene 2: Beat 2');
  });

  it('orders nothing of words that the document does not have', () => {
    shows(1, promptOf(1));
    const { showing, card: shown } = last();
    text = sample.replace(promptOf(1), 'Something else.');
    for (const { id } of shown?.acts ?? []) card.receive({ type: 'act', showing, id });
    assert.deepEqual(ran, []);
  });

  it('does nothing for a prompt that it does not show any more', () => {
    shows(1, promptOf(0));
    const id = last().card?.acts[0]?.id;
    shows(2, promptOf(1));
    card.receive({ type: 'act', showing: 1, id });
    // Nor what belongs to another scene, or was never offered.
    card.receive({ type: 'act', showing: 2, id });
    card.receive({ type: 'act', showing: 2, id: 'workbench.action.quit' });
    assert.deepEqual(ran, []);
  });

  it('lets a take be chosen where there are several', () => {
    clips[1] = { state: 'current', takes: [take(1), take(2)], take: 2 };
    shows(1, promptOf(1));
    assert.deepEqual(
      last().card?.takes.map(({ label, counts }) => [label, counts]),
      [
        ['Take 1', false],
        ['Take 2', true],
      ],
    );
    act('Take 1');
    assert.equal(ran[0]?.command, 'scenewright.chooseTake');
    assert.deepEqual(ran[0].argument, { uri: 'file:///lamp.md', scene: 2, take: 1 });
  });

  it('hands over the picture itself, of the prompt that is shown and once', async () => {
    const poster = path.join(folder, 'poster.png');
    await writeFile(poster, 'a picture');
    const job = recordOf({ id: 'job', poster });
    clips[1] = { state: 'current', takes: [take(1)], take: 1, job };
    const pictures = (): ToCard[] => posted.filter(({ type }) => type === 'picture');
    shows(1, promptOf(1));
    shows(2, promptOf(1));
    card.look();
    await eventually('the picture', () => Promise.resolve(pictures()[0]));
    const source = `data:image/png;base64,${Buffer.from('a picture').toString('base64')}`;
    assert.deepEqual(pictures(), [{ type: 'picture', showing: 2, source }]);
  });

  it('has no scene for words of the writer’s own, and hears nothing that is not said', () => {
    shows(1, 'A prompt in a note.');
    assert.deepEqual([last().card, last().note], [undefined, undefined]);
    for (const strange of [null, 'act', {}, { type: 'act' }, { type: 'shows', showing: '1' }]) {
      card.receive(strange);
    }
    card.receive({ type: 'undo' });
    card.receive({ type: 'save' });
    assert.deepEqual(
      ran.map(({ command }) => command),
      ['undo', 'save'],
    );
  });
});
