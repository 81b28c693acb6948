import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { TextDocument } from 'vscode';
import type { OpenScripts } from '../../../../src/editor/script/open-scripts.ts';
import type { ScriptDiagnostics } from '../../../../src/editor/script/script-diagnostics.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { eventually } from '../../../support/eventually.ts';
import { Memento, tellOfDocument, toldProblems } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { ScriptDiagnostics: Diagnostics } =
  await import('../../../../src/editor/script/script-diagnostics.ts');
const { Marks } = await import('../../../../src/editor/script/marks.ts');

describe('the problems of a script in VS Code', () => {
  let text: string;
  let looked: number;
  let document: TextDocument & { version: number };
  let diagnostics: ScriptDiagnostics;

  beforeEach(async () => {
    toldProblems.length = 0;
    looked = 0;
    text = sampleScript(3, [0, 1, 2]).replace(/> \*\*MARA/, '> **NOBODY');
    document = {
      ...{ uri: { scheme: 'file' }, version: 1, languageId: 'markdown', isClosed: false },
      positionAt: (offset: number) => offset,
    } as unknown as typeof document;
    const look = (): unknown => {
      looked++;
      return parseScript(text);
    };
    const scripts = { look } as unknown as OpenScripts;
    const state = new Memento() as unknown as vscode.Memento;
    diagnostics = new Diagnostics(scripts, () => Promise.resolve([]), new Marks(state));
    tellOfDocument('open', document);
    await eventually('the problems', () => Promise.resolve(told() || undefined));
  });
  afterEach(() => {
    diagnostics.dispose();
  });

  function told(): boolean {
    return toldProblems.at(-1)?.messages.join().includes('“NOBODY” speaks') === true;
  }

  /** Resolves once the script has been checked after this. */
  async function typed(from: string, to: string): Promise<void> {
    text = text.replace(from, to);
    document.version++;
    const before = looked;
    tellOfDocument('change', { document });
    await eventually('the check', () => Promise.resolve(looked > before || undefined));
  }

  it('are told anew only where one is another, or stands elsewhere', async () => {
    assert.equal(toldProblems.length, 1);
    const last = text.trimEnd().slice(-10);
    await typed(last, `${last} and on`);
    assert.equal(toldProblems.length, 1);
    await typed('---\n', '---\n# A comment\n');
    assert.equal(toldProblems.length, 2);
    await typed('**NOBODY', '**MARA');
    assert.deepEqual([toldProblems.length, told()], [3, false]);
  });

  it('are looked for once in all that is typed without a pause, and not where a file is saved', async () => {
    const before = looked;
    for (let i = 0; i < 5; i++) {
      document.version++;
      tellOfDocument('change', { document });
    }
    await typed('Mara', 'Mara ');
    assert.equal(looked, before + 1);
    // A timer that this had set would be due before that of what is typed in another document.
    tellOfDocument('change', { document });
    const other = { ...document, version: 7 };
    tellOfDocument('change', { document: other });
    await eventually('the check', () => Promise.resolve(looked > before + 1 || undefined));
    assert.equal(looked, before + 2);
  });

  it('are told again where a document is closed to be opened in another language mode', () => {
    tellOfDocument('close', document);
    tellOfDocument('open', document);
    assert.equal(toldProblems.length, 2);
  });
});
