import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type * as Undici from 'undici';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import { jobFilters, type JobFilter } from '../../src/editor/job-list/job-filter.ts';
import { finalStates } from '../../src/jobs/job.ts';
import { replaceScene } from '../../src/script/edits/replace-scene.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { SceneNode } from '../../src/script/parse/parsed-script.ts';
import type { Scene } from '../../src/script/script-model.ts';
import { profileVariable } from './run-variables.ts';
import { SampleStudio } from '../studio/server.ts';
import { eventually } from '../support/eventually.ts';
import {
  api,
  closeEditors,
  finished,
  rejection,
  next,
  onDisk,
  opened,
  run,
  set,
  type,
  workspacePath,
} from './support.ts';

const idea = 'Two sisters find a door behind the kitchen wall';
const key = 'sample-key-that-must-never-show';

/** Ask for something more in the prompt of the first scene. */
function askFor(uri: string, words: string): Promise<SceneNode> {
  return changed(uri, 0, ({ prompt }) => ({ prompt: `${prompt} ${words}` }));
}

/** Write something else into a scene, and save. */
async function changed(
  uri: string,
  index: number,
  change: (scene: Scene) => Partial<Scene>,
): Promise<SceneNode> {
  const document = await opened(uri);
  const script = await onDisk(uri);
  const node = script.scenes.at(index);
  assert.ok(node);
  const edits = replaceScene(script, { ...node.scene, ...change(node.scene) });
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(start), document.positionAt(end)),
      text,
    );
  }
  await vscode.workspace.applyEdit(edit);
  await document.save();
  return node;
}

/** When the last words of subtitles are gone, in seconds. */
async function lastTime(srt = ''): Promise<number> {
  const times = (await readFile(srt, 'utf8')).matchAll(/--> (\d\d):(\d\d):(\d\d),(\d{3})/gu);
  const [, hours, minutes, seconds, ms] = [...times].at(-1)?.map(Number) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(ms) / 1000;
}

/** Resolves once this is what stands above the scenes, in their order. */
async function saying(uri: string, expected: readonly (readonly string[])[]): Promise<void> {
  const document = await opened(uri);
  let last: unknown;
  const above = async (): Promise<true | undefined> => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      1000,
    );
    const ours = lenses.filter(
      ({ command, range }) =>
        command?.command.startsWith('scenewright.') === true &&
        document.lineAt(range.start.line).text.startsWith('## Scene '),
    );
    const lines = Map.groupBy(ours, ({ range }) => range.start.line);
    last = [...lines.values()].map((line) => line.map(({ command }) => command?.title));
    return isDeepStrictEqual(last, expected) ? true : undefined;
  };
  await eventually('what stands above the scenes', above, 20_000).catch(() => {
    assert.deepEqual(last, expected);
  });
}

describe('rendering a script in VS Code', () => {
  let uri: string;

  before(async () => {
    uri = (await run('scenewright.newScript', { idea, duration: 12 })).uri;
  });

  after(closeEditors);

  it('renders every scene on this machine, with a poster beside each clip', async () => {
    const { jobs } = await run('scenewright.renderScenes', { uri });
    const script = await onDisk(uri);
    assert.equal(jobs.length, script.scenes.length);
    for (const job of await finished(jobs)) {
      assert.equal(job.state, 'done', job.error);
      assert.ok(job.file);
      assert.ok(job.file.startsWith(workspacePath('videos')), job.file);
      const head = (await readFile(job.file)).subarray(4, 8).toString('latin1');
      assert.equal(head, 'ftyp');
      const seconds = script.scenes[job.scene - 1]?.scene.seconds ?? 0;
      assert.ok(Math.abs((job.seconds ?? 0) - seconds) < 0.1, `${job.seconds} s for ${seconds} s`);
      assert.ok(job.poster !== undefined && existsSync(job.poster), 'a poster is there');
    }
  });

  it('renders the scenes that the selection touches, and no others', async () => {
    const other = await run('scenewright.newScript', { idea, duration: 24 });
    const document = await opened(other.uri);
    const editor = await vscode.window.showTextDocument(document);
    const { scenes } = await onDisk(other.uri);
    const [, second, third] = scenes.map(({ section }) => document.positionAt(section.start));
    assert.ok(second !== undefined && third !== undefined);
    editor.selection = new vscode.Selection(second, third);
    const { jobs } = await run('scenewright.renderSelected', { uri: other.uri });
    const views = await finished(jobs);
    assert.deepEqual(
      views.map(({ scene }) => scene),
      [2],
    );
  });

  it('has nothing to do when every scene has its clip', async () => {
    assert.deepEqual((await run('scenewright.renderScenes', { uri })).jobs, []);
  });

  it('says above each scene what can be done with it as it stands with its clip', async () => {
    const { scenes } = await onDisk(uri);
    const rewrite = '$(edit) Rewrite';
    const current = [rewrite, '$(refresh) Render again', '$(play) Open clip'];
    await saying(
      uri,
      scenes.map(() => current),
    );
    const document = await opened(uri);
    await type(document, document.getText().indexOf('```prompt\n') + 10, 'Snow. ');
    const stale = [rewrite, '$(history) Clip is stale: render again', '$(play) Open clip'];
    await saying(
      uri,
      scenes.map((_, i) => (i === 0 ? stale : current)),
    );
    await vscode.commands.executeCommand('undo');
    await saying(
      uri,
      scenes.map(() => current),
    );
    await document.save();
  });

  it('says nothing above scenes for whoever has switched that off', async () => {
    const { scenes } = await onDisk(uri);
    await set('codeLens', false);
    await saying(uri, []);
    await set('codeLens', undefined);
    await saying(
      uri,
      scenes.map(() => ['$(edit) Rewrite', '$(refresh) Render again', '$(play) Open clip']),
    );
  });

  it('renders exactly the scenes whose picture has changed', async () => {
    const node = await askFor(uri, 'Snow is falling.');
    const { jobs } = await run('scenewright.renderScenes', { uri });
    assert.equal(jobs.length, 1);
    const [job] = await finished(jobs);
    assert.deepEqual([job?.sceneId, job?.state], [node.scene.id, 'done']);
  });

  it('puts a new render beside the one before it, which stays as it was', async () => {
    const other = await run('scenewright.newScript', { idea: 'A coat that fits', duration: 4 });
    const [job] = await finished((await run('scenewright.renderScenes', { uri: other.uri })).jobs);
    assert.ok(job?.file);
    const first = await readFile(job.file);
    await askFor(other.uri, 'Snow is falling.');
    const { jobs } = await run('scenewright.renderScenes', { uri: other.uri });
    const [second] = await finished(jobs);
    const beside = job.file.replace(/\.mp4$/u, '.take-2.mp4');
    assert.deepEqual(
      [second?.state, second?.take, second?.file],
      ['done', 2, beside],
      second?.error,
    );
    assert.deepEqual(await readFile(job.file), first);
    // What shows the scene as it is now is not ordered again, unless another take is asked for.
    const again = { uri: other.uri, scenes: [1] };
    assert.deepEqual(await run('scenewright.renderScenes', again), { jobs: [] });
    const more = await run('scenewright.renderScenes', { ...again, takes: 2 });
    const takes = (await finished(more.jobs)).map(({ take }) => take);
    assert.deepEqual(takes, [3, 4]);
    assert.deepEqual(await readFile(job.file), first);
  });

  it('lists, chooses and deletes takes; what counts is written into the script', async () => {
    const { consent } = await api();
    const other = await run('scenewright.newScript', { idea: 'A bell nobody rings', duration: 4 });
    const scene = { uri: other.uri, scene: 1 };
    await finished((await run('scenewright.renderScenes', { uri: other.uri })).jobs);
    await finished((await run('scenewright.renderAnotherTake', { ...scene, consent })).jobs);
    const list = async (): Promise<string[]> =>
      (await run('scenewright.listTakes', scene)).takes.map(
        ({ take, state, chosen, counts, file = '' }) =>
          [take, state, chosen, counts, existsSync(file)].join(' '),
      );
    assert.deepEqual(await list(), ['1 here false false true', '2 here false true true']);
    await run('scenewright.chooseTake', { ...scene, take: 1, consent });
    assert.equal((await onDisk(other.uri)).scenes[0]?.take, 1);
    assert.deepEqual(await list(), ['1 here true true true', '2 here false false true']);
    assert.match(
      await rejection(run('scenewright.chooseTake', { ...scene, take: 7, consent })),
      /no clip that is take 7/u,
    );
    await run('scenewright.deleteTake', { ...scene, take: 1, consent });
    assert.equal((await onDisk(other.uri)).scenes[0]?.take, undefined);
    assert.deepEqual(await list(), ['2 here false true true']);
    // What was taken off the list is a take all the same.
    const { takes } = await run('scenewright.listTakes', scene);
    await run('scenewright.jobs.remove', { job: takes[0]?.job ?? '', consent });
    assert.deepEqual((await run('scenewright.listTakes', scene)).takes, takes);
  });

  it('joins, subtitles and calls stale the take that is chosen, whichever came last', async () => {
    const { consent } = await api();
    const { uri: of } = await run('scenewright.newScript', {
      idea: 'A clock of sand',
      duration: 24,
    });
    // What comes after the first scene is moved by its length.
    assert.ok((await onDisk(of)).scenes.length > 1);
    await changed(of, -1, () => ({ narration: 'And so it ran on.' }));
    await finished((await run('scenewright.renderScenes', { uri: of })).jobs);
    const { scene } = await changed(of, 0, ({ seconds }) => ({ seconds: seconds + 2 }));
    await finished((await run('scenewright.renderScenes', { uri: of })).jobs);
    const clips = (await run('scenewright.listTakes', { uri: of, scene: 1 })).takes;
    assert.deepEqual(
      clips.map(({ take, seconds = 0 }) => [take, Math.round(seconds)]),
      [
        [1, scene.seconds],
        [2, scene.seconds + 2],
      ],
    );
    const before = await Promise.all(clips.map(({ file = '' }) => readFile(file)));
    /** How things stand with the take that counts: seconds, what is stale, when the last words end. */
    const stand = async (): Promise<{
      seconds: number;
      stale: readonly number[];
      last: number;
    }> => {
      const { seconds, stale, subtitles } = await run('scenewright.assembleVideo', { uri: of });
      const { files } = await run('scenewright.exportSubtitles', { uri: of });
      const [written, exported] = await Promise.all([subtitles[0], files[0]].map(lastTime));
      assert.equal(written, exported, 'subtitles are the same beside the video and without it');
      return { seconds, stale, last: exported ?? NaN };
    };
    const newest = await stand();
    assert.deepEqual(newest.stale, []);
    await run('scenewright.chooseTake', { uri: of, scene: 1, take: 1, consent });
    const chosen = await stand();
    assert.deepEqual(chosen.stale, [1]);
    for (const [of, by] of [
      ['video', newest.seconds - chosen.seconds],
      ['subtitles', newest.last - chosen.last],
    ] as const) {
      assert.ok(Math.abs(by - 2) < 0.2, `the ${of} is shorter by ${by} s`);
    }
    // Stale only by choice: it takes another choice and no render.
    assert.deepEqual(await run('scenewright.renderScenes', { uri: of }), { jobs: [] });
    await run('scenewright.chooseTake', { uri: of, scene: 1, take: 2, consent });
    assert.deepEqual(await stand(), newest);
    const after = await Promise.all(clips.map(({ file = '' }) => readFile(file)));
    assert.deepEqual(after, before, 'choosing touches no clip');
  });

  it('writes subtitles with the times of the clips, as far as there are clips', async () => {
    const { files } = await run('scenewright.exportSubtitles', { uri });
    assert.deepEqual(
      files.map((file) => path.extname(file)),
      ['.srt', '.vtt'],
    );
    const [srt = ''] = files;
    const times = (await readFile(srt, 'utf8')).match(/\d\d:\d\d:\d\d,\d{3}/gu) ?? [];
    assert.ok(times.length >= 2 && times.every((time) => time <= '00:00:12,500'), times.join());
  });

  it('writes a storyboard beside the script, with the pictures of the clips, and over none', async () => {
    const { file } = await run('scenewright.exportStoryboard', { uri });
    const html = await readFile(file, 'utf8');
    const { scenes } = await onDisk(uri);
    assert.equal(html.match(/<li>/gu)?.length, scenes.length);
    assert.ok(html.includes('src="data:image/'), 'there is a picture in it');
    const { consent } = await api();
    await assert.rejects(run('scenewright.exportStoryboard', { uri }), /confirmed/u);
    assert.equal(await readFile(file, 'utf8'), html);
    await run('scenewright.exportStoryboard', { uri, confirmed: consent });
  });

  it('joins the clips, in the order of the scenes, into one video of their whole length', async () => {
    const video = await run('scenewright.assembleVideo', { uri });
    assert.equal(video.clips, (await onDisk(uri)).scenes.length);
    assert.ok(Math.abs(video.seconds - 12) < 0.2, `${video.seconds} s`);
    assert.ok((await stat(video.file)).size > 0);
  });

  it('holds all jobs and lets them go on', async () => {
    const held = await run('scenewright.newScript', { idea: 'A train that waits', duration: 24 });
    const { jobs } = await run('scenewright.renderScenes', { uri: held.uri });
    await run('scenewright.jobs.pauseAll', {});
    const unfinished = (await api()).jobs().filter(({ state }) => !finalStates.has(state));
    assert.ok(unfinished.every(({ paused }) => paused));
    const resumed = await run('scenewright.jobs.resumeAll', {});
    assert.ok(resumed.jobs <= unfinished.length, `${resumed.jobs} of ${unfinished.length}`);
    for (const job of await finished(jobs)) assert.equal(job.state, 'done', job.error);
  });

  it('narrows the list of jobs down, and knows no filter that there is not', async () => {
    for (const filter of jobFilters) {
      assert.deepEqual(await run('scenewright.jobs.filter', { filter }), { filter });
    }
    const wrong = 'blue' as JobFilter;
    await assert.rejects(run('scenewright.jobs.filter', { filter: wrong }), (error) =>
      messageOf(error).includes('“blue”'),
    );
    await run('scenewright.jobs.filter', { filter: 'all' });
  });

  it('goes from a job to its scene in the script', async () => {
    const job = (await api()).jobs().find(({ script, scene }) => script === uri && scene === 1);
    assert.ok(job);
    await run('scenewright.jobs.revealScene', { job: job.id });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), uri);
    const line = editor.document.lineAt(editor.selection.active.line).text;
    assert.ok(line.startsWith('## Scene 1'), line);
  });

  it('says which job it does not know, and that a clip is not here yet', async () => {
    for (const id of ['open', 'openExternal', 'reveal', 'upscale', 'revealScene'] as const) {
      await assert.rejects(run(`scenewright.jobs.${id}`, { job: 'no-such-job' }), (error) =>
        messageOf(error).includes('no-such-job'),
      );
    }
  });

  it('shows where a clip is that is on the computer which the window is connected to', async function () {
    // VS Code served to a browser is a remote workspace; one on the desktop opens the system's own player.
    if (vscode.env.remoteName === undefined) this.skip();
    const job = (await api()).jobs().find(({ script, scene }) => script === uri && scene === 1);
    assert.ok(job);
    assert.match(
      await rejection(run('scenewright.jobs.openExternal', { job: job.id })),
      /scene-001\.mp4 is on the computer that this window is connected to/u,
    );
  });

  it('keeps the clips of a script that is renamed', async () => {
    const renamed = vscode.Uri.file(workspacePath('renamed.md'));
    await vscode.workspace.fs.copy(vscode.Uri.parse(uri), renamed, { overwrite: true });
    const moved = renamed.toString();
    assert.deepEqual((await run('scenewright.renderScenes', { uri: moved })).jobs, []);
    const video = await run('scenewright.assembleVideo', { uri: moved });
    assert.equal(video.clips, (await onDisk(uri)).scenes.length);
    assert.equal(path.basename(video.file), 'renamed.mp4');
  });

  it('renders each scene once when it is asked twice at the same moment', async () => {
    const other = await run('scenewright.newScript', { idea: 'Snow in June', duration: 8 });
    const [first, second] = await Promise.all([
      run('scenewright.renderScenes', { uri: other.uri }),
      run('scenewright.renderScenes', { uri: other.uri }),
    ]);
    // Either call may be the faster one.
    const jobs = [...new Set([...first.jobs, ...second.jobs])];
    assert.equal(jobs.length, 1);
    await finished(jobs);
    assert.equal((await api()).jobs().filter(({ script }) => script === other.uri).length, 1);
  });

  it('finds the clips again of a script of which an export has removed all ids', async () => {
    const other = await run('scenewright.newScript', {
      idea: 'A postcard in a bottle',
      duration: 16,
    });
    const { jobs } = await run('scenewright.renderScenes', { uri: other.uri });
    await finished(jobs);
    const document = await opened(other.uri);
    const ids = (await onDisk(other.uri)).scenes.map(({ id }) => id);
    const bare = document.getText().replaceAll(/ ?<!-- (?:id|scene): \w+ -->/gu, '');
    const edit = new vscode.WorkspaceEdit();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, whole, bare);
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await run('scenewright.writeScenes', { uri: other.uri });
    const after = await onDisk(other.uri);
    assert.deepEqual(
      after.scenes.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(
      after.outline.map(({ beat }) => beat.id),
      ids,
    );
  });

  it('hands in no scene that has the id of another', async () => {
    const other = await run('scenewright.newScript', { idea: 'A borrowed umbrella', duration: 8 });
    const document = await opened(other.uri);
    const node = (await onDisk(other.uri)).scenes[0];
    assert.ok(node);
    const copy = document.getText().slice(node.span.start, node.span.end);
    await type(document, document.getText().length, `\n${copy}`);
    await document.save();
    await assert.rejects(run('scenewright.renderScenes', { uri: other.uri }), (error) =>
      messageOf(error).includes('Scenes 1 and 2 have the same id'),
    );
    assert.equal((await api()).jobs().filter(({ script }) => script === other.uri).length, 0);
  });

  it('orders and joins nothing of a script in which a merge has left both sides', async () => {
    const other = await run('scenewright.newScript', {
      idea: 'Two versions of a tune',
      duration: 8,
    });
    const document = await opened(other.uri);
    const prompt = document.getText().indexOf('```prompt\n') + '```prompt\n'.length;
    await type(document, prompt, '<<<<<<< HEAD\nA flute.\n=======\n');
    await type(document, document.getText().lastIndexOf('```'), '>>>>>>> branch\n');
    await document.save();
    const text = document.getText();
    const { uri } = other;
    const { consent } = await api();
    for (const call of [
      () => run('scenewright.renderScenes', { uri }),
      () => run('scenewright.assembleVideo', { uri }),
      () => run('scenewright.exportSubtitles', { uri }),
      () => run('scenewright.writeScenes', { uri, confirmed: consent }),
      () => run('scenewright.rewriteScene', { uri, scene: 1, instruction: 'Darker', apply: true }),
    ])
      assert.match(await rejection(call()), /conflict between them is not resolved \(line \d+\)/u);
    assert.equal(document.getText(), text);
    assert.equal((await api()).jobs().filter(({ script }) => script === uri).length, 0);
  });

  it('says which scenes have no clip before it joins anything', async () => {
    const other = await run('scenewright.newScript', { idea: 'Rain on a tin roof', duration: 16 });
    await assert.rejects(run('scenewright.assembleVideo', { uri: other.uri }), (error) =>
      messageOf(error).includes('no clip yet: 1 and 2'),
    );
    // Nothing but what is missing is no film.
    await assert.rejects(
      run('scenewright.assembleVideo', { uri: other.uri, withoutMissing: true }),
      (error) => messageOf(error).includes('no clip yet: 1 and 2'),
    );
  });

  it('joins what there is where what is missing is to be left out, and says what that is', async () => {
    const { uri: of } = await run('scenewright.newScript', {
      idea: 'Rain on a glass roof',
      duration: 24,
    });
    await finished((await run('scenewright.renderScenes', { uri: of, scenes: [1, 3] })).jobs);
    // The second one is planned and not written any more.
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(of));
    const { scenes } = parseScript(document.getText());
    const edit = new vscode.WorkspaceEdit();
    const { span } = scenes[1] ?? assert.fail();
    edit.delete(
      document.uri,
      new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
    );
    await vscode.workspace.applyEdit(edit);
    await document.save();
    assert.match(
      await rejection(run('scenewright.assembleVideo', { uri: of })),
      /One scene is planned and not written/u,
    );
    const film = await run('scenewright.assembleVideo', { uri: of, withoutMissing: true });
    assert.deepEqual([film.clips, film.missing], [2, { unrendered: [], unwritten: 1 }]);
  });

  it('refuses scenes that are not there', async () => {
    await assert.rejects(run('scenewright.renderScenes', { uri, scenes: [99] }), (error) =>
      messageOf(error).includes('Scene 99'),
    );
  });
});

describe('rendering through a studio that speaks /v1/videos', () => {
  let studio: SampleStudio;
  let uri: string;

  before(async () => {
    const extension = vscode.extensions.getExtension('scenewright.scenewright');
    assert.ok(extension);
    studio = await SampleStudio.start({
      key,
      renderer: path.join(extension.extensionPath, 'dist', 'animatic'),
      parallel: 2,
    });
    await set('video.provider', 'openai-videos');
    await set('video.baseUrl', studio.baseUrl);
    await set('video.model', 'sample');
    await set('video.pollSeconds', 1);
    await set('video.clipSeconds', [2, 4]);
    uri = (await run('scenewright.newScript', { idea, duration: 12 })).uri;
  });

  after(async () => {
    for (const name of ['provider', 'baseUrl', 'model', 'pollSeconds', 'clipSeconds'] as const) {
      await set(`video.${name}`, undefined);
    }
    await studio.close();
    await closeEditors();
  });

  it('hands nothing in without an account', async () => {
    await assert.rejects(run('scenewright.renderScenes', { uri }), (error) =>
      /no account for OpenAI-compatible videos at .*Nothing was sent/u.test(messageOf(error)),
    );
    assert.equal(studio.counts.orders, 0);
  });

  it('fails with a clear word where the key is refused, and goes on once it is right', async () => {
    await run('scenewright.addAccount', {
      provider: 'openai-videos',
      name: 'Studio',
      secret: 'wrong',
    });
    const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1] });
    const [refused] = await finished(jobs);
    assert.equal(refused?.state, 'failed');
    assert.match(refused.error ?? '', /key|401/iu);
    await run('scenewright.addAccount', { provider: 'openai-videos', name: 'Studio', secret: key });
    await run('scenewright.jobs.retry', { job: refused.id });
    const [done] = await finished(jobs);
    assert.equal(done?.state, 'done', done?.error);
  });

  it('renders and downloads what is missing, and pays for each scene once', async () => {
    const { jobs } = await run('scenewright.renderScenes', { uri });
    for (const job of await finished(jobs)) assert.equal(job.state, 'done', job.error);
    const { scenes } = await onDisk(uri);
    assert.equal(jobs.length, scenes.length - 1);
    assert.equal(studio.counts.orders, scenes.length);
  });

  it('asks again after a render that it lost sight of, and orders no other', async () => {
    const slow = (await run('scenewright.newScript', { idea: 'Fog', duration: 4 })).uri;
    const before = studio.counts.orders;
    const { jobs } = await run('scenewright.renderScenes', { uri: slow });
    const { onDidChangeJobs } = await api();
    await next(onDidChangeJobs, (changed) =>
      changed.some(({ id, state }) => jobs.includes(id) && state === 'rendering'),
    );
    await run('scenewright.addAccount', {
      provider: 'openai-videos',
      name: 'Studio',
      secret: 'wrong',
    });
    const [lost] = await finished(jobs);
    await run('scenewright.addAccount', { provider: 'openai-videos', name: 'Studio', secret: key });
    assert.deepEqual([lost?.state, lost?.stage], ['failed', 'poll']);
    const again = await run('scenewright.renderScenes', { uri: slow });
    assert.deepEqual(again.jobs, jobs);
    const [done] = await finished(again.jobs);
    assert.equal(done?.state, 'done', done?.error);
    assert.equal(studio.counts.orders, before + 1);
  });

  it('renders what was only an animatic once a real studio is chosen', async () => {
    const provider = (name: 'animatic' | 'openai-videos'): Promise<void> =>
      set('video.provider', name);
    await provider('animatic');
    const sketched = await run('scenewright.newScript', {
      idea: 'A kite over the dyke',
      duration: 4,
    });
    await finished((await run('scenewright.renderScenes', { uri: sketched.uri })).jobs);
    assert.deepEqual((await run('scenewright.renderScenes', { uri: sketched.uri })).jobs, []);
    await provider('openai-videos');
    const { jobs } = await run('scenewright.renderScenes', { uri: sketched.uri });
    assert.equal(jobs.length, 1);
    assert.equal((await finished(jobs))[0]?.studio, 'openai-videos');
  });

  it('leaves the key in no record, setting or file of the workspace', async () => {
    const profile = process.env[profileVariable];
    assert.ok(profile, 'the profile is known');
    let records = 0;
    for (const folder of [workspacePath(), profile]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || /\.(mp4|jpg|png)$/u.test(entry.name)) continue;
        const content = await readIfThere(path.join(entry.parentPath, entry.name));
        assert.ok(!content.includes(key), path.join(entry.parentPath, entry.name));
        if (content.includes('"openai-videos"')) records++;
      }
    }
    assert.ok(records > 0, 'the records of the jobs were among the files');
  });

  it('has not taken over the fetch of the other extensions', () => {
    const extension = vscode.extensions.getExtension('scenewright.scenewright');
    assert.ok(extension);
    const file = path.join(extension.extensionPath, 'dist', 'vendor', 'undici.cjs');
    const { [file]: loaded } = createRequire(__filename).cache;
    assert.ok(loaded, 'the downloads have loaded our own undici');
    const { Agent, EnvHttpProxyAgent } = loaded.exports as typeof Undici;
    for (const version of [1, 2]) {
      const dispatcher: unknown = Reflect.get(
        globalThis,
        Symbol.for(`undici.globalDispatcher.${version}`),
      );
      assert.ok(!(dispatcher instanceof Agent), `slot ${version}`);
      assert.ok(!(dispatcher instanceof EnvHttpProxyAgent), `slot ${version}`);
    }
  });

  it('leaves no unfinished download behind', async () => {
    const left = (await readdir(workspacePath('videos'), { recursive: true })).filter((name) =>
      /\.(part|tmp|json)$/u.test(name),
    );
    assert.deepEqual(left, []);
  });
});

/** Empty where it has got its final name meanwhile, under which it is read as well. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
