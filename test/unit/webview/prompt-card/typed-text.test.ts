import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TypedText } from '../../../../src/webview/prompt-card/typed-text.ts';

/** A document, and an editor around the card that tells late, and not each time, what it has. */
class Desk {
  document: string;
  seen = '';
  readonly sent: [string, string][] = [];
  private readonly untold: string[] = [];
  readonly typed = new TypedText({
    send: (before, text) => this.sent.push([before, text]),
    show: (text) => {
      this.seen = text;
    },
  });

  constructor(document: string) {
    this.document = document;
    this.typed.restart(document);
  }

  type(text: string): void {
    this.seen = text;
    this.typed.type(text);
  }

  /** The extension does what it was asked for first. */
  answer(): void {
    const [before, text] = this.sent.shift() ?? [];
    if (before === undefined || text === undefined) return;
    const isTaken = before === this.document;
    if (isTaken) this.change(text);
    this.typed.answered(text, isTaken);
  }

  /** Somebody else changes the document. */
  change(text: string): void {
    if (text === this.document) return;
    this.document = text;
    this.untold.push(text);
  }

  /** @param skipped the editor had no time to tell of so many changes before */
  tell(skipped = 0): void {
    const [text] = this.untold.splice(0, Math.min(skipped + 1, this.untold.length)).slice(-1);
    if (text !== undefined) this.typed.tell(text);
  }

  settle(): void {
    while (this.sent.length + this.untold.length > 0) {
      this.answer();
      this.tell();
    }
  }
}

describe('what is typed into a prompt, on its way into the document', () => {
  it('is all there in the end, however late the document is told of it', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('type'), n: fc.nat(9) }) },
      fc.record({ kind: fc.constantFrom('answer', 'tell'), n: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const desk = new Desk('lamp');
        let wanted = 'lamp';
        for (const { kind, n } of steps) {
          if (kind === 'type') desk.type((wanted += String(n)));
          else if (kind === 'answer') desk.answer();
          else desk.tell(n);
          assert.equal(desk.seen, wanted, 'nothing is put back under the fingers');
          assert.ok(desk.sent.length <= 1, 'one change after the other');
        }
        desk.settle();
        assert.deepEqual([desk.document, desk.seen], [wanted, wanted]);
      }),
    );
  });

  it('shows what the document has in the end, whoever else changes it', () => {
    const step = fc.record({
      kind: fc.constantFrom('type', 'answer', 'tell', 'change'),
      n: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const desk = new Desk('lamp');
        for (const [index, { kind, n }] of steps.entries()) {
          if (kind === 'type') desk.type(`${desk.seen}${n}`);
          else if (kind === 'answer') desk.answer();
          else if (kind === 'tell') desk.tell(n);
          else desk.change(`other ${index}`);
        }
        desk.settle();
        assert.equal(desk.seen, desk.document);
      }),
    );
  });

  it('gives way to what the document’s history brings back, also to an own text', () => {
    const desk = new Desk('lamp');
    desk.type('lamps');
    desk.answer();
    desk.type('lamps!');
    desk.answer();
    desk.tell(1);
    desk.typed.whenSettled(() => {
      desk.typed.expectOthers();
    });
    desk.change('lamps');
    desk.tell();
    assert.equal(desk.seen, 'lamps');
  });

  it('saves once all that was typed is there', () => {
    const desk = new Desk('lamp');
    const saved: string[] = [];
    desk.type('lamps');
    desk.type('lamps!');
    desk.typed.whenSettled(() => saved.push(desk.document));
    desk.answer();
    assert.deepEqual(saved, []);
    desk.answer();
    assert.deepEqual(saved, ['lamps!']);
  });
});
