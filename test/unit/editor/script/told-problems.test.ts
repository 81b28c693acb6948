import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import {
  Diagnostic,
  DiagnosticSeverity,
  Range,
  toldProblems,
} from '../../../support/fake-vscode.ts';

const { ToldProblems } = await import('../../../../src/editor/script/told-problems.ts');

describe('problems that VS Code is told', () => {
  const uri = (name: string): Uri => ({ toString: () => `file:///${name}` }) as unknown as Uri;
  const problem = (message: string, at = 0): Diagnostic =>
    new Diagnostic(new Range(at, at), message, DiagnosticSeverity.Information);
  let problems: InstanceType<typeof ToldProblems>;
  const tell = (name: string, ...ones: Diagnostic[]): void => {
    problems.tell(uri(name), ones as never);
  };
  const told = (): string[] => toldProblems.map(({ messages }) => messages.join());

  beforeEach(() => {
    toldProblems.length = 0;
    problems = new ToldProblems('sample');
  });
  afterEach(() => {
    problems.dispose();
  });

  it('are told once, and of each document on its own', () => {
    tell('a.md');
    assert.deepEqual(told(), []);
    for (const name of ['a.md', 'b.md', 'a.md', 'b.md']) tell(name, problem('No clip.'));
    assert.deepEqual(told(), ['No clip.', 'No clip.']);
    tell('a.md', problem('No clip.', 3));
    tell('a.md');
    tell('a.md');
    assert.deepEqual(told().slice(2), ['No clip.', '']);
  });

  it('are told again of a document of which nothing was told any more', () => {
    tell('a.md', problem('No clip.'));
    tell('b.md', problem('No take.'));
    problems.keepOnly([uri('b.md')]);
    tell('a.md', problem('No clip.'));
    tell('b.md', problem('No take.'));
    assert.deepEqual(told(), ['No clip.', 'No take.', 'No clip.']);
  });
});
