import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../../src/script/parse/parsed-script.ts';
import { window, workspace } from '../../../support/fake-vscode.ts';
import { idOf } from '../../script/arbitraries.ts';
import { sampleScript } from '../../script/sample.ts';

const { WritingFollower } = await import('../../../../src/editor/writing/follow-writing.ts');

const uri = 'file:///story.md';

/** A window on a script that is being written, two scenes at a time, and so many lines of it that are seen. */
class Desk {
  private readonly height: number;
  private text = sampleScript(8, []);
  private top = 0;
  private cursor = 0;
  private written = 0;
  private readonly follower: InstanceType<typeof WritingFollower>;

  constructor(height = 12) {
    this.height = height;
    this.follower = new WritingFollower({ read: () => this.parsed });
    const document = {
      uri: { toString: () => uri },
      positionAt: (offset: number) => ({ line: this.lineOf(offset) }),
    };
    workspace.textDocuments = [document];
    const visibleRanges = () => [
      { start: { line: this.top }, end: { line: this.top + this.height } },
    ];
    const selection = () => ({ active: { line: this.cursor } });
    window.visibleTextEditors = [
      {
        document,
        get visibleRanges() {
          return visibleRanges();
        },
        get selection() {
          return selection();
        },
        revealRange: ({ start }: vscode.Range) => {
          this.top = start.line;
        },
      },
    ];
  }

  /** The next two scenes come in. */
  write(): void {
    const all = Array.from({ length: this.written + 2 }, (_, i) => i);
    this.text = sampleScript(8, all);
    this.follower.show({ uri, scenes: all.slice(-2).map(idOf) });
    this.written += 2;
  }

  end(): void {
    this.follower.end(uri);
  }

  /** The writer scrolls to a line, or puts the cursor there. */
  scroll(line: number): void {
    this.top = line;
  }

  put(line: number): void {
    this.cursor = line;
  }

  /** The line of a scene's heading, from 0. */
  scene(index: number): number {
    const start = this.parsed.scenes[index]?.heading.start;
    assert.ok(start !== undefined);
    return this.lineOf(start);
  }

  /** The scene that is at the top, from 0; -1 for none. */
  get shown(): number {
    return this.parsed.scenes.findIndex(({ heading }) => this.lineOf(heading.start) === this.top);
  }

  private get parsed(): ParsedScript {
    return parseScript(this.text);
  }

  private lineOf(offset: number): number {
    return this.text.slice(0, offset).split('\n').length - 1;
  }
}

describe('an editor while a script is written', () => {
  afterEach(() => {
    workspace.textDocuments = [];
    window.visibleTextEditors = [];
  });

  it('shows what comes in to whoever has just opened it, batch by batch', () => {
    const desk = new Desk();
    for (const first of [0, 2, 4]) {
      desk.write();
      assert.equal(desk.shown, first);
    }
  });

  it('stays where its writer scrolls, until they return to what was written last', () => {
    const desk = new Desk();
    desk.write();
    desk.write();
    desk.scroll(desk.scene(0));
    desk.write();
    assert.equal(desk.shown, 0);
    desk.scroll(desk.scene(5) + 3);
    desk.write();
    assert.equal(desk.shown, 6);
  });

  it('stays where its writer has put the cursor, unless that is in what was written last', () => {
    const desk = new Desk();
    desk.write();
    desk.put(desk.scene(1) + 2);
    desk.write();
    assert.equal(desk.shown, 2);
    desk.write();
    assert.equal(desk.shown, 2, 'the cursor is two batches back');
    desk.put(desk.scene(5));
    desk.scroll(desk.scene(4));
    desk.write();
    assert.equal(desk.shown, 6);
  });

  it('stays where a writer reads a script that is gone on with', () => {
    const desk = new Desk();
    desk.write();
    desk.write();
    desk.end();
    desk.scroll(desk.scene(0) + 2);
    desk.write();
    assert.notEqual(desk.shown, 4);
    desk.end();
    desk.scroll(desk.scene(5));
    desk.write();
    assert.equal(desk.shown, 6, 'they were at the end');
  });

  it('that sees all of it is left as it is', () => {
    const desk = new Desk();
    desk.write();
    desk.put(3);
    desk.scroll(0);
    desk.write();
    assert.equal(desk.shown, -1, 'the cursor is in the front matter');
  });
});
