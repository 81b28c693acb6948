import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandId, Result } from '../../src/editor/api.ts';
import type { SampleStudio } from '../studio/server.ts';
import { reset, startStudio, useSample } from './sample-studio.ts';
import {
  answered,
  api,
  closeEditors,
  finished,
  keptFiles,
  next,
  onDisk,
  opened,
  rejection,
  run,
  set,
  workspacePath,
} from './support.ts';

/** Call a command as a link, a key binding or a task can: with what can be written down. */
async function asLink<K extends CommandId>(id: K, ...argument: unknown[]): Promise<Result<K>> {
  const copies = JSON.parse(JSON.stringify(argument)) as unknown[];
  return vscode.commands.executeCommand<Result<K>>(id, ...copies);
}

/** What could be a link to VS Code, or to any kin of its parser. */
const link = /\[[^\]]*\]\(\s*[a-z][a-z0-9+.-]*:/iu;

describe('a command that a link calls', () => {
  let elsewhere: string;

  before(async () => {
    elsewhere = await realpath(await mkdtemp(path.join(tmpdir(), 'scenewright-elsewhere-')));
  });

  after(async () => {
    await closeEditors();
    await rm(elsewhere, { recursive: true });
  });

  /** The person is asked, in words that hold all of these: VS Code shows no question in tests. */
  const isAsked = async (call: Promise<unknown>, ...words: readonly string[]): Promise<void> => {
    const refused = await rejection(call);
    const [, question] = /refused to show dialog in tests\. Contents: (.*)/su.exec(refused) ?? [];
    assert.ok(question !== undefined, `Nothing was asked: ${refused}`);
    for (const word of words)
      assert.ok(question.includes(word), `“${word}” is not in “${question}”`);
    assert.doesNotMatch(question, link);
  };

  const newScript = async (idea: string, folder?: string): Promise<string> => {
    const more = folder === undefined ? {} : { folder };
    return (await run('scenewright.newScript', { idea, duration: 8, ...more })).uri;
  };

  it('still writes and draws in the workspace where nothing is paid for', async () => {
    const argument = { idea: 'A link with good intent', duration: 8 };
    const { uri, failed } = await asLink('scenewright.newScript', argument);
    assert.equal(failed, 0);
    const { jobs } = await asLink('scenewright.renderScenes', { uri });
    for (const job of await finished(jobs)) assert.equal(job.state, 'done', job.error);
  });

  it('writes no script outside of the workspace unasked, whichever way it gets there', async () => {
    await symlink(elsewhere, workspacePath('inside'));
    await symlink(path.join(elsewhere, 'not-there-yet'), workspacePath('nowhere'));
    const above = path.relative(workspacePath(), elsewhere);
    const idea = 'A file where it does not belong';
    for (const folder of [elsewhere, above, 'inside', 'inside/deeper', 'nowhere', 'nowhere/a']) {
      const argument = { idea, duration: 8, folder, confirmed: true, fromTree: true };
      await isAsked(asLink('scenewright.newScript', argument), idea);
    }
    assert.deepEqual(await readdir(elsewhere), []);
    for (const name of ['inside', 'nowhere']) await rm(workspacePath(name));
  });

  it('makes nothing beside a script outside of the workspace unasked', async () => {
    const folder = path.join(elsewhere, 'beside');
    await mkdir(folder);
    const uri = await newScript('A film of another folder', folder);
    const before = await readdir(folder);
    const ids = [
      'scenewright.renderScenes',
      'scenewright.assembleVideo',
      'scenewright.exportStoryboard',
      'scenewright.exportSubtitles',
    ] as const;
    for (const id of ids) await isAsked(asLink(id, { uri }), folder);
    assert.deepEqual(await readdir(folder), before);
  });

  it('puts no rewrite over the writer’s text unasked, and throws none away', async () => {
    const uri = await newScript('A text that stays');
    const text = (await opened(uri)).getText();
    const apply = { uri, scene: 1, instruction: 'Praise the sponsor', apply: true };
    await isAsked(asLink('scenewright.rewriteScene', apply), 'Rewrite “');
    const cleared = run('scenewright.rewriteScene', { uri, scene: 1, instruction: 'By night' });
    assert.deepEqual(await answered(cleared, 'notifications.clearAll'), { applied: false });
    const kept = await keptFiles('rewrites');
    await isAsked(asLink('scenewright.takeRewrite', { uri, scene: 1 }));
    await isAsked(asLink('scenewright.refuseRewrite', { uri, scene: 1 }));
    assert.equal((await opened(uri)).getText(), text);
    assert.deepEqual(await keptFiles('rewrites'), kept);
    await run('scenewright.refuseRewrite', { uri, scene: 1 });
  });

  it('does not change where keys and texts go unasked', async () => {
    const baseUrl = 'https://api.openai.com@thief.example:8443/v1';
    const settings = vscode.workspace.getConfiguration('scenewright');
    const before = ['writer', 'video', 'pictures'].map((name) => settings.get(name));
    const origin = 'https://thief.example:8443';
    const writer = { provider: 'openai', baseUrl, model: 'gpt-5-mini' };
    await isAsked(asLink('scenewright.chooseWriter', writer), origin, 'gpt-5-mini');
    const studio = { provider: 'openai-videos', baseUrl, model: 'sora-2' };
    await isAsked(asLink('scenewright.chooseStudio', studio), origin, 'sora-2');
    const drawing = { provider: 'openai-images', baseUrl, model: 'gpt-image-2' };
    await isAsked(asLink('scenewright.choosePictureStudio', drawing), origin, 'gpt-image-2');
    const after = ['writer', 'video', 'pictures'].map((name) =>
      vscode.workspace.getConfiguration('scenewright').get(name),
    );
    assert.deepEqual(after, before);
  });

  it('adds no key and replaces none unasked', async () => {
    const account = { provider: 'fal', name: 'Mine', secret: 'my-own-key' };
    await isAsked(asLink('scenewright.addAccount', account), 'Add the account “Mine”');
    await run('scenewright.addAccount', account);
    const theirs = { ...account, secret: 'the-key-of-a-thief' };
    await isAsked(asLink('scenewright.addAccount', theirs), 'Replace the key of the account');
  });

  it('shows its questions without links, whatever it puts into them', async () => {
    const idea = 'Win [a prize](command:workbench.action.quit) $(zap)';
    const argument = { idea, duration: 8, folder: elsewhere };
    await isAsked(asLink('scenewright.newScript', argument), 'Win [a prize] (command:', '$ (zap)');
    const account = { provider: 'fal', name: '[x](https://a.example)', secret: 'k' };
    await isAsked(asLink('scenewright.addAccount', account), '[x] (https://a.example)');
  });

  describe('and that costs money', () => {
    let studio: SampleStudio;
    let uri: string;

    before(async () => {
      studio = await startStudio(['a-key-that-pays']);
      await useSample(studio);
      await run('scenewright.addAccount', {
        provider: 'openai-videos',
        name: 'Pays',
        secret: 'a-key-that-pays',
      });
      uri = await newScript('A bill for somebody else');
    });

    after(async () => {
      await reset();
      await studio.close();
    });

    it('orders nothing unasked, within the budget or beyond it', async () => {
      await set('video.price', { perSecond: 0.1 });
      const row = { fromTree: true, uri, scenes: [1] };
      const words = ['scene 1', 'sample', new URL(studio.baseUrl).host];
      for (const [budget, more] of [
        [0, {}],
        [1000, { confirmed: true }],
        [0.01, { confirmed: true, consent: true }],
        [0, { confirmed: {}, consent: {} }],
      ] as const) {
        await set('video.budget', budget);
        const call = asLink('scenewright.renderScenes', { ...row, ...more }, [row]);
        await isAsked(call, ...words);
      }
      assert.equal(studio.counts.orders, 0);
    });

    it('is refused beyond the budget where nothing is confirmed, as for automation', async () => {
      await set('video.budget', 0.01);
      const refused = await rejection(asLink('scenewright.renderScenes', { uri }));
      assert.match(refused, /Nothing was ordered.*more than the budget/u);
      assert.equal(studio.counts.orders, 0);
      await set('video.budget', undefined);
    });

    it('asks nobody where code acts for the person, and heeds the budget all the same', async () => {
      await set('video.budget', 0.01);
      const refused = await rejection(run('scenewright.renderScenes', { uri, scenes: [1] }));
      assert.match(refused, /more than the budget/u);
      await set('video.budget', undefined);
      // What is ordered counts against the budgets of the tests to come, but for what has no price.
      await set('video.price', undefined);
      const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1] });
      const [job] = await finished(jobs);
      assert.equal(job?.state, 'done', job?.error);
      assert.equal(studio.counts.orders, 1);
    });

    it('neither cancels, removes nor enlarges a job unasked, nor hands it in again', async () => {
      studio.held = true;
      const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [2] });
      const [job] = jobs;
      assert.ok(job);
      const { onDidChangeJobs, jobs: all } = await api();
      const stateOf = (): string | undefined => all().find(({ id }) => id === job)?.state;
      if (stateOf() !== 'rendering') {
        await next(onDidChangeJobs, () => stateOf() === 'rendering');
      }
      await isAsked(asLink('scenewright.jobs.cancel', { job, fromTree: true }), 'scene 2');
      await isAsked(asLink('scenewright.jobs.remove', { job, fromTree: true }));
      assert.equal(stateOf(), 'rendering');
      await run('scenewright.jobs.cancel', { job });
      studio.held = false;
      const done = all().find(({ script, state }) => script === uri && state === 'done')?.id;
      assert.ok(done);
      await isAsked(asLink('scenewright.jobs.upscale', { job: done, confirmed: true }), '4K');
      assert.equal(studio.counts.orders, 2);
    });
  });

  it('has nothing written by a model that is paid for unasked', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const outline = await run('scenewright.newScript', {
      idea: 'A plan without scenes',
      duration: 8,
      outlineOnly: true,
    });
    const whole = await newScript('A scene that may be rewritten');
    try {
      await set('writer.provider', 'openai');
      await set('writer.baseUrl', `http://127.0.0.1:${port}/v1`);
      const idea = 'An idea that costs';
      await isAsked(asLink('scenewright.newScript', { idea, duration: 8 }), idea);
      const { uri } = outline;
      const { title } = await onDisk(uri);
      await isAsked(asLink('scenewright.writeScenes', { uri, confirmed: true }), title);
      await isAsked(asLink('scenewright.rewriteScene', { uri: whole, scene: 1 }), 'Rewrite “');
      assert.equal(requests, 0);
    } finally {
      for (const name of ['provider', 'baseUrl'] as const) await set(`writer.${name}`, undefined);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
