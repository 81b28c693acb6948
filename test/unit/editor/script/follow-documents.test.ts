import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import type { ScriptMove, ScriptMoves } from '../../../../src/editor/script/script-moves.ts';
import { tellOfDocument } from '../../../support/fake-vscode.ts';

const { followDocuments } = await import('../../../../src/editor/script/follow-documents.ts');

function documentOf(scheme: string): TextDocument {
  return { uri: { scheme, fsPath: '/films/story.md' } } as unknown as TextDocument;
}

describe('who follows the documents', () => {
  let told: string[];
  let move: (move: ScriptMove) => void = () => undefined;
  let listening: { dispose(): unknown };

  beforeEach(() => {
    told = [];
    const moves = {
      onDidMove: (listener: (move: ScriptMove) => void) => {
        move = listener;
        return { dispose: () => undefined };
      },
    } as unknown as ScriptMoves;
    listening = followDocuments(
      {
        saved: ({ uri }) => Promise.resolve(void told.push(`saved ${uri.fsPath}`)),
        changed: ({ uri }) => told.push(`changed ${uri.fsPath}`),
        moved: (from, to) => void told.push(`moved ${from} ${to}`),
      },
      moves,
      assert.ifError,
    );
  });

  afterEach(() => {
    listening.dispose();
  });

  it('hears of files that are saved, changed, closed and renamed', () => {
    const document = documentOf('file');
    tellOfDocument('change', { document, contentChanges: [{}] });
    tellOfDocument('change', { document, contentChanges: [] });
    tellOfDocument('save', document);
    tellOfDocument('close', document);
    move({ from: { fsPath: '/a.md' }, to: { fsPath: '/b.md' } } as unknown as ScriptMove);
    assert.deepEqual(told, [
      'changed /films/story.md',
      'saved /films/story.md',
      'changed /films/story.md',
      'moved /a.md /b.md',
    ]);
  });

  it('hears nothing of the other side of a diff, which has the same path', () => {
    const document = documentOf('scenewright-rewrite');
    tellOfDocument('change', { document, contentChanges: [{}] });
    tellOfDocument('close', document);
    tellOfDocument('save', documentOf('git'));
    assert.deepEqual(told, []);
  });
});
