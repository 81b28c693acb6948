import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import { ScriptLocks } from '../../src/editor/writing/script-locks.ts';
import { renderNewScript } from '../../src/script/render/render-new-script.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import {
  answered,
  api,
  closeEditors,
  erase,
  firstBatch,
  globalStorage,
  keptFiles,
  next,
  onDisk,
  opened,
  rejection,
  run,
  set,
  type,
  workspacePath,
} from './support.ts';

/** Those of the scenes that are kept. */
async function kept(ids: readonly string[]): Promise<string[]> {
  const files = await keptFiles('scenes');
  return ids.filter((id) => files.some((file) => file.startsWith(`${id}-`)));
}

const idea = 'A lighthouse keeper finds the lamp dark on the night of a storm';

describe('writing a script in VS Code', () => {
  afterEach(async () => {
    await set('writer.batchSize', undefined);
    await set('writer.pace', undefined);
    await set('writer.provider', undefined);
    await set('writer.baseUrl', undefined);
    await closeEditors();
  });

  it('writes every scene of the asked length into a saved Markdown file', async () => {
    const result = await run('scenewright.newScript', { idea, duration: 60 });
    assert.equal(result.failed, 0);
    const script = await onDisk(result.uri);
    assert.equal(script.scenes.length, result.scenes);
    assert.deepEqual(
      script.scenes.map(({ scene }) => scene.id),
      script.outline.map(({ beat }) => beat.id),
    );
    const seconds = script.scenes.reduce((sum, { scene }) => sum + scene.seconds, 0);
    assert.equal(seconds, 60);
    assert.equal((await opened(result.uri)).isDirty, false);
    assert.deepEqual(script.problems, []);
  });

  it('writes whatever trouble the studio is in', async () => {
    await set('video.provider', 'openrouter');
    await set('video.baseUrl', 'http://127.0.0.1:9/v1');
    try {
      const result = await run('scenewright.newScript', { idea: 'A studio is shut', duration: 16 });
      assert.deepEqual([result.failed, result.error], [0, undefined]);
    } finally {
      await set('video.provider', undefined);
      await set('video.baseUrl', undefined);
    }
  });

  it('never writes over a script of the same idea', async () => {
    const first = await run('scenewright.newScript', { idea: 'Rain', duration: 8 });
    const second = await run('scenewright.newScript', { idea: 'Rain', duration: 8 });
    assert.notEqual(first.uri, second.uri);
    assert.equal((await onDisk(first.uri)).scenes.length, 1);
    const example = await run('scenewright.tryExample', {});
    const other = await run('scenewright.tryExample', {});
    assert.notEqual(example.uri, other.uri);
    assert.equal((await onDisk(other.uri)).scenes.length, 5);
  });

  it('stops after the outline when asked to, and goes on from the outline as edited', async () => {
    const outlined = await run('scenewright.newScript', { idea, duration: 40, outlineOnly: true });
    assert.equal(outlined.scenes, 0);
    const document = await opened(outlined.uri);
    const beats = (await onDisk(outlined.uri)).outline;
    const last = beats.at(-1);
    assert.ok(last);
    const removed = new vscode.WorkspaceEdit();
    removed.delete(
      document.uri,
      new vscode.Range(document.positionAt(last.span.start), document.positionAt(last.span.end)),
    );
    await vscode.workspace.applyEdit(removed);
    await document.save();
    const written = await run('scenewright.writeScenes', { uri: outlined.uri });
    assert.equal(written.failed, 0);
    assert.deepEqual(
      (await onDisk(outlined.uri)).scenes.map(({ scene }) => scene.id),
      beats.slice(0, -1).map(({ beat }) => beat.id),
    );
  });

  it('keeps what the writer types above, below and inside while batches arrive', async () => {
    await set('writer.batchSize', 2);
    const begun = firstBatch();
    const ended = run('scenewright.newScript', { idea, duration: 60 });
    const uri = await begun;
    const document = await opened(uri);
    const heading = document.getText().indexOf('## Outline');
    await type(document, heading, 'A note above.\n\n');
    const firstScene = document.getText().indexOf('## Scene 1');
    const inside =
      document.getText().indexOf('\n\n', document.getText().indexOf('\n*', firstScene)) + 2;
    await type(document, inside, 'A note inside. ');
    await type(document, document.getText().length, '\n## My own notes\n\nBelow.\n');
    const result = await ended;
    assert.equal(result.failed, 0);
    const text = document.getText();
    for (const note of ['A note above.\n', 'A note inside. ', '## My own notes\n\nBelow.\n']) {
      assert.equal(text.split(note).length, 2, note);
    }
    assert.ok(text.indexOf('A note inside.') < text.indexOf('## Scene 2'));
    const script = await vscode.commands.executeCommand('scenewright.writeScenes', { uri });
    assert.deepEqual(script, result);
  });

  it('makes each batch one undo step of its own, apart from the typing around it', async () => {
    await set('writer.batchSize', 4);
    const uri = (await run('scenewright.newScript', { idea, duration: 60, outlineOnly: true })).uri;
    const document = await opened(uri);
    await vscode.window.showTextDocument(document);
    const outlined = document.getText();
    const { onDidWriteBatch } = await api();
    const afterBatches: string[] = [];
    const listening = onDidWriteBatch(() => afterBatches.push(document.getText()));
    await run('scenewright.writeScenes', { uri });
    listening.dispose();
    assert.equal(afterBatches.length, 2);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), afterBatches[0]);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), outlined);
    await vscode.commands.executeCommand('redo');
    assert.equal(document.getText(), afterBatches[0]);
    await vscode.commands.executeCommand('redo');
    await document.save();
  });

  it('leaves a document with unsaved changes unsaved', async () => {
    const uri = (await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true })).uri;
    const document = await opened(uri);
    await type(document, document.getText().length, '\nA thought.\n');
    assert.equal(document.isDirty, true);
    const result = await run('scenewright.writeScenes', { uri });
    assert.equal(result.failed, 0);
    assert.equal(document.isDirty, true);
    assert.equal((await onDisk(uri)).scenes.length, 0);
    await document.save();
    assert.equal((await onDisk(uri)).scenes.length, 2);
  });

  it('keeps the scenes of unsaved changes that are thrown away, whatever is saved then', async () => {
    const uri = (await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true })).uri;
    const ids = (await onDisk(uri)).outline.map(({ beat }) => beat.id);
    const document = await opened(uri);
    await type(document, document.getText().length, '\nA thought.\n');
    await run('scenewright.writeScenes', { uri });
    assert.deepEqual(await kept(ids), ids);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.equal(document.isDirty, false);
    await type(document, document.getText().length, '\nAnother thought.\n');
    await document.save();
    assert.equal((await onDisk(uri)).scenes.length, 0);
    assert.deepEqual(await kept(ids), ids);
    const result = await run('scenewright.writeScenes', { uri });
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
  });

  it('leaves a scene to the writer who writes it meanwhile, and keeps what it had for it', async () => {
    const uri = (await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true })).uri;
    const document = await opened(uri);
    const id = (await onDisk(uri)).outline[1]?.beat.id ?? '';
    const own = `\n## Scene: Mine\n\n<!-- scene: ${id} -->\n\nMy own words.\n`;
    // A run puts in the ids that are missing, and reads then what there is to write.
    const edit = new vscode.WorkspaceEdit();
    const { index = 0, 0: comment = '' } = /<!--\s*id:\s*\w+\s*-->/u.exec(document.getText()) ?? {};
    edit.delete(
      document.uri,
      new vscode.Range(document.positionAt(index), document.positionAt(index + comment.length)),
    );
    await vscode.workspace.applyEdit(edit);
    await document.save();
    const begun = next(vscode.workspace.onDidSaveTextDocument, (saved) => saved === document);
    const ended = run('scenewright.writeScenes', { uri });
    await eventually('the run is held', () =>
      run('scenewright.pauseWriting', { uri }).then(
        () => true,
        () => undefined,
      ),
    );
    await begun;
    await type(document, document.getText().length, own);
    await document.save();
    await run('scenewright.resumeWriting', { uri });
    assert.equal((await ended).failed, 0);
    assert.ok(document.getText().includes('My own words.'));
    assert.deepEqual(await kept([id]), [id]);
  });

  it('keeps the answers of planning until the plan is saved', async () => {
    const before = await keptFiles('plans');
    const file = workspacePath('unsaved-plan.md');
    const brief = { idea, duration: 16, language: 'en', style: 'ink', instructions: '' };
    const text = renderNewScript({ ...brief, aspect: '16:9', structure: 'three-act' }, 'Unsaved');
    await writeFile(file, text);
    const uri = vscode.Uri.file(file).toString();
    const document = await opened(uri);
    await type(document, document.getText().length, '\nA thought.\n');
    await run('scenewright.writeScenes', { uri });
    assert.equal(document.isDirty, true);
    assert.ok((await keptFiles('plans')).length > before.length);
    await document.save();
    // They go on their own once it is saved.
    while ((await keptFiles('plans')).length > before.length);
  });

  it('pauses, resumes, and cancels with every finished batch in the script', async () => {
    await set('writer.batchSize', 1);
    const begun = firstBatch();
    const ended = run('scenewright.newScript', { idea, duration: 80 });
    const uri = await begun;
    await run('scenewright.pauseWriting', { uri });
    await run('scenewright.resumeWriting', { uri });
    const { onDidWriteBatch } = await api();
    await next(onDidWriteBatch);
    await run('scenewright.cancelWriting', { uri });
    const result = await ended;
    assert.ok(result.scenes >= 2, `${result.scenes} scenes`);
    assert.ok(result.failed > 0);
    assert.equal(result.scenes + result.failed, 10);
    const completed = await run('scenewright.writeScenes', { uri });
    assert.deepEqual([completed.scenes, completed.failed], [10, 0]);
  });

  it('stops also while it is paused in the middle of the plan, once and for all', async () => {
    const asked = Promise.withResolvers<undefined>();
    // One that answers nobody.
    const silent = createServer(() => {
      asked.resolve(undefined);
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      await set('writer.provider', 'openai');
      await set('writer.baseUrl', `http://127.0.0.1:${port}/v1`);
      await set('writer.model', 'silent');
      const ended = run('scenewright.newScript', { idea, duration: 300, outlineOnly: true });
      await asked.promise;
      const uri = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
      await run('scenewright.pauseWriting', { uri });
      await run('scenewright.cancelWriting', { uri });
      await run('scenewright.cancelWriting', { uri });
      const result = await ended;
      assert.deepEqual([result.scenes, result.error], [0, undefined]);
      await run('scenewright.cancelWriting', { uri });
      await set('writer.provider', undefined);
      const { failed } = await run('scenewright.writeScenes', { uri });
      assert.equal(failed, 0, 'the script is free for another run');
    } finally {
      await set('writer.model', undefined);
      silent.closeAllConnections();
      silent.close();
    }
  });

  it('goes on in the background when the document is closed in the middle', async () => {
    await set('writer.batchSize', 2);
    const begun = firstBatch();
    const ended = run('scenewright.newScript', { idea, duration: 48 });
    await begun;
    await closeEditors();
    const result = await ended;
    assert.deepEqual([result.scenes, result.failed], [6, 0]);
    assert.equal((await onDisk(result.uri)).scenes.length, 6);
  });

  it('writes also while the script is open only on the read-only side of a diff', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true });
    await closeEditors();
    const other = vscode.Uri.file(workspacePath('other.md'));
    await writeFile(other.fsPath, '# Other\n');
    await vscode.commands.executeCommand('vscode.diff', vscode.Uri.parse(uri), other, 'Compare');
    const result = await run('scenewright.writeScenes', { uri });
    assert.deepEqual([result.scenes, result.failed, result.error], [2, 0, undefined]);
    assert.equal((await onDisk(uri)).scenes.length, 2);
  });

  it('lets only one of two runs begin that are asked for at once', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true });
    const runs = await Promise.allSettled([
      run('scenewright.writeScenes', { uri }),
      run('scenewright.writeScenes', { uri }),
    ]);
    assert.deepEqual(runs.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await onDisk(uri)).scenes.length, 2);
  });

  for (const pace of ['sliding', 'planned'] as const) {
    it(`writes every scene in order in the pace ${pace} too`, async () => {
      await set('writer.pace', pace);
      const result = await run('scenewright.newScript', { idea, duration: 80 });
      assert.deepEqual([result.scenes, result.failed, result.error], [10, 0, undefined]);
      const script = await onDisk(result.uri);
      assert.deepEqual(
        script.scenes.map(({ id }) => id),
        script.outline.map(({ beat }) => beat.id),
      );
      assert.deepEqual(script.problems, []);
    });
  }

  it('writes an empty scene put in by hand at its place, and what was deleted again', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 32 });
    const document = await opened(uri);
    const before = (await onDisk(uri)).scenes;
    const [, second, third] = before;
    assert.ok(second && third);
    const kept = document.getText().slice(second.span.start, second.span.end);
    const change = new vscode.WorkspaceEdit();
    const at = document.positionAt(second.span.start);
    change.insert(document.uri, at, '## Scene: A gull on the rail\n\n');
    const { start, end } = third.span;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    change.delete(document.uri, range);
    await vscode.workspace.applyEdit(change);
    await document.save();
    const result = await run('scenewright.writeScenes', { uri });
    assert.deepEqual([result.scenes, result.failed, result.error], [5, 0, undefined]);
    const script = await onDisk(uri);
    const gull = script.scenes[1];
    assert.equal(gull?.scene.title, 'A gull on the rail');
    assert.deepEqual(
      script.scenes.map(({ id }) => id),
      [before[0]?.id, gull.id, before[1]?.id, before[2]?.id, before[3]?.id],
    );
    assert.ok(script.text.includes(kept), 'the scene between them is as it was');
    assert.ok(script.scenes.every(({ written }) => written));
  });

  it('orders nothing that the script seems to have, unless told to', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 32 });
    const document = await opened(uri);
    const [, second] = (await onDisk(uri)).scenes;
    const id = second?.idSpan;
    assert.ok(second && id);
    const change = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(id.start), document.positionAt(id.end));
    change.replace(document.uri, range, '<!-- scene: another -->');
    const { start, end } = second.heading;
    const heading = new vscode.Range(document.positionAt(start), document.positionAt(end));
    change.replace(document.uri, heading, '## Scene 2: Under another title');
    await vscode.workspace.applyEdit(change);
    await document.save();
    const before = document.getText();
    const refused = await rejection(run('scenewright.writeScenes', { uri }));
    assert.match(refused, /Nothing was ordered.*Under another title.*confirmed/u);
    assert.equal(document.getText(), before);
    const { consent } = await api();
    const result = await run('scenewright.writeScenes', { uri, confirmed: consent });
    assert.deepEqual([result.failed, result.error], [0, undefined]);
  });

  it('follows the outline as the writer changes it during the run', async () => {
    await set('writer.batchSize', 1);
    const { uri } = await run('scenewright.newScript', { idea, duration: 48, outlineOnly: true });
    const begun = firstBatch();
    const ended = run('scenewright.writeScenes', { uri });
    await begun;
    await run('scenewright.pauseWriting', { uri });
    const document = await opened(uri);
    const { outline } = await onDisk(uri);
    const [last, beforeLast] = [outline[5], outline[4]];
    assert.ok(last && beforeLast);
    await type(
      document,
      document.getText().indexOf('\n## Scene'),
      '\n7. **A gull on the rail** · 8 s\n',
    );
    const lineOf = (id: string): number => {
      const beat = parseScript(document.getText()).outline.find((one) => one.beat.id === id);
      return document.positionAt(beat?.span.start ?? 0).line;
    };
    await erase(document, () => [lineOf(beforeLast.beat.id), lineOf(last.beat.id)]);
    await document.save();
    await run('scenewright.resumeWriting', { uri });
    const result = await ended;
    assert.deepEqual([result.scenes, result.failed, result.error], [6, 0, undefined]);
    const script = parseScript(document.getText());
    assert.equal(script.outline.at(-1)?.beat.title, 'A gull on the rail');
    assert.deepEqual(
      script.scenes.map(({ id }) => id),
      script.outline.map(({ beat }) => beat.id),
    );
    assert.ok(!script.scenes.some(({ id }) => id === beforeLast.beat.id));
  });

  it('leaves a script alone that another window is writing, until that one is done', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16, outlineOnly: true });
    const before = (await opened(uri)).getText();
    const folder = path.join(await globalStorage(), 'writing');
    const other = new ScriptLocks(folder);
    const lock = await other.claim(vscode.Uri.parse(uri), new AbortController().signal);
    await assert.rejects(run('scenewright.writeScenes', { uri }), (error) => {
      assert.match(messageOf(error), /being written in another window/u);
      return true;
    });
    assert.equal((await opened(uri)).getText(), before);
    await lock.release();
    const result = await run('scenewright.writeScenes', { uri });
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('offers a rewrite and puts it in only when told to', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const document = await opened(uri);
    const before = (await onDisk(uri)).scenes;
    await run('scenewright.rewriteScene', {
      uri,
      scene: 1,
      instruction: 'Begin with the sound of the sea',
      apply: true,
    });
    const after = (await onDisk(uri)).scenes;
    assert.notDeepEqual(after[0]?.scene, before[0]?.scene);
    assert.equal(after[0]?.id, before[0]?.id);
    assert.deepEqual(after[1]?.scene, before[1]?.scene);
    assert.equal(document.isDirty, false);
  });

  it('does not take a proposed text for the script that is worked on', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const shown = next(
      vscode.window.onDidChangeActiveTextEditor,
      (editor) => editor?.document.uri.scheme === 'scenewright-rewrite',
    );
    const reviewed = run('scenewright.rewriteScene', { uri, scene: 1 });
    await shown;
    const { jobs } = await run('scenewright.renderScenes', {} as { uri: string });
    const known = (await api()).jobs().filter(({ id }) => jobs.includes(id));
    assert.deepEqual(
      known.map(({ script }) => script),
      [uri, uri],
    );
    assert.deepEqual(await answered(reviewed, 'notifications.clearAll'), { applied: false });
    await Promise.all(jobs.map((job) => run('scenewright.jobs.cancel', { job })));
  });

  it('puts a rewrite in when it is taken, though only its diff is open', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const before = (await onDisk(uri)).scenes;
    await closeEditors();
    const shown = next(
      vscode.window.onDidChangeActiveTextEditor,
      (editor) => editor?.document.uri.scheme === 'scenewright-rewrite',
    );
    const reviewed = run('scenewright.rewriteScene', { uri, scene: 1, instruction: 'Rain' });
    await shown;
    assert.deepEqual(await answered(reviewed, 'notification.acceptPrimaryAction'), {
      applied: true,
    });
    const after = (await onDisk(uri)).scenes;
    assert.notDeepEqual(after[0]?.scene, before[0]?.scene);
    assert.deepEqual(after[1]?.scene, before[1]?.scene);
  });

  it('rewrites no scene that could not be told from another', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const document = await opened(uri);
    const second = (await onDisk(uri)).scenes[1];
    assert.ok(second);
    const copy = document.getText().slice(second.span.start, second.span.end);
    await type(document, document.getText().length, `\n${copy}`);
    await type(document, document.getText().length, '\n## Scene 4: Mine\n\nRain falls.\n');
    const before = document.getText();
    const refused = async (scene: number, words: RegExp): Promise<void> => {
      await assert.rejects(run('scenewright.rewriteScene', { uri, scene, apply: true }), (error) =>
        words.test(messageOf(error)),
      );
    };
    await refused(3, /Scenes 2 and 3 have the same id/u);
    await refused(4, /Scene 4 has no id/u);
    assert.equal(document.getText(), before);
    await document.save();
  });
});

describe('bad input', () => {
  const rejects = async (
    argument: Parameters<typeof run<'scenewright.newScript'>>[1],
    words: RegExp,
  ): Promise<void> => {
    await assert.rejects(run('scenewright.newScript', argument), (error) => {
      assert.match(messageOf(error), words);
      return true;
    });
  };

  afterEach(async () => {
    await set('writer.provider', undefined);
    await set('writer.baseUrl', undefined);
  });

  it('refuses an empty idea', () => rejects({ idea: '  ', duration: 60 }, /idea/iu));
  it('refuses no length', () => rejects({ idea, duration: 0 }, /second|length|duration/iu));
  it('refuses 100,000 seconds', () => rejects({ idea, duration: 100_000 }, /10.?800|hours/iu));

  it('names the folder that cannot be written', async () => {
    await writeFile(workspacePath('a-file'), '');
    await rejects({ idea, duration: 60, folder: 'a-file/inside' }, /a-file.*Nothing was begun/u);
  });

  it('says that a script is not there', async () => {
    const uri = vscode.Uri.file(workspacePath('nowhere.md')).toString();
    await assert.rejects(run('scenewright.writeScenes', { uri }), (error) => {
      assert.match(messageOf(error), /nowhere\.md.*moved or deleted/u);
      return true;
    });
  });

  it('leaves a Markdown file that is no script alone', async () => {
    const file = workspacePath('notes.md');
    await writeFile(file, '# Notes\n');
    await assert.rejects(
      run('scenewright.writeScenes', { uri: vscode.Uri.file(file).toString() }),
      (error) => /not a Scenewright script.*Nothing was changed/u.test(messageOf(error)),
    );
  });

  it('names the endpoint that is not there', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await set('writer.provider', 'openai');
    await set('writer.baseUrl', `http://127.0.0.1:${port}/v1`);
    // It might be started any moment.
    await set('writer.patience', 0);
    const result = await run('scenewright.newScript', { idea, duration: 24 });
    await set('writer.patience', undefined);
    assert.match(result.error ?? '', new RegExp(`127\\.0\\.0\\.1:${port}`, 'u'));
    assert.equal(result.scenes, 0);
  });

  it('says that the key was refused, and shows the key nowhere', async () => {
    const key = 'sk-this-must-never-show';
    const server = createServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }));
    });
    const port = await listen(server);
    try {
      const address = `http://127.0.0.1:${port}/v1`;
      const account = { provider: 'openai', name: 'Wrong', secret: key };
      await run('scenewright.addAccount', { ...account, address });
      await set('writer.provider', 'openai');
      await set('writer.baseUrl', address);
      const result = await run('scenewright.newScript', { idea, duration: 24 });
      assert.match(result.error ?? '', /key|401/iu);
      assert.doesNotMatch(JSON.stringify(result), /never-show/u);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
