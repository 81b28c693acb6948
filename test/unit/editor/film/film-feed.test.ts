import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { FilmFeed, FilmTools } from '../../../../src/editor/film/film-feed.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ToPage } from '../../../../src/webview/protocol.ts';
import { eventually } from '../../../support/eventually.ts';
import { workspace } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { FilmFeed: Feed } = await import('../../../../src/editor/film/film-feed.ts');

describe('what a page is told of a script that no editor has any more', () => {
  const script = parseScript(sampleScript(3, [0]));
  const [first] = script.scenes;
  const address = 'file:///lamp.md';
  const uri = { scheme: 'file', toString: () => address } as unknown as Uri;
  const document = { uri };
  const openBefore = workspace.openTextDocument;
  let posted: ToPage['type'][];
  let changed: Emitter<void>;
  let feed: FilmFeed;

  /** Waits until this is the last that was told. */
  const told = (last: ToPage['type']): Promise<unknown> =>
    eventually(last, () => Promise.resolve(posted.at(-1) === last || undefined));

  beforeEach(async () => {
    posted = [];
    changed = new Emitter<void>();
    const nothing = new Emitter<never>().event;
    const tools = {
      scripts: { isScript: () => true, read: () => script },
      runs: { get: () => undefined, onDidChange: nothing },
      manager: { records: () => [], onDidChange: nothing, onDidRemove: nothing },
      clips: { of: () => [], onDidChange: changed.event },
      marks: { of: () => new Map(), onDidChange: nothing },
      studio: { priceOf: () => undefined, chains: () => false, onDidLearn: nothing },
    } as unknown as FilmTools;
    feed = new Feed(tools, {
      isVisible: true,
      post: ({ type }) => posted.push(type),
      addressOf: () => undefined,
    });
    workspace.textDocuments = [document];
    feed.show(uri);
    await told('scenes');
    workspace.textDocuments = [];
  });
  afterEach(() => {
    feed.dispose();
    workspace.textDocuments = [];
    workspace.openTextDocument = openBefore;
  });

  it('stands until the script has been opened again, and goes on from there', async () => {
    const opening = Promise.withResolvers<undefined>();
    const asked = new Promise<void>((resolve) => {
      workspace.openTextDocument = () => {
        resolve();
        return opening.promise;
      };
    });
    changed.fire();
    await asked;
    workspace.textDocuments = [document];
    opening.resolve(undefined);
    await told('changes');
    assert.deepEqual(posted, ['view', 'scenes', 'changes']);
  });

  it('is done with its scenes as before: it is opened for that', async () => {
    workspace.openTextDocument = () => {
      workspace.textDocuments = [document];
      return Promise.resolve(undefined);
    };
    const found = await feed.cell(first?.scene.id ?? '');
    assert.equal(found?.document, document);
    assert.equal(found.cell.node, first);
  });

  it('is that there is none, once it is gone from the disk', async () => {
    changed.fire();
    await told('empty');
    assert.equal(await feed.cell(first?.scene.id ?? ''), undefined);
  });
});
