import assert from 'node:assert/strict';
import { EditorClient } from '../../../../src/webview/prompt-card/editor-client.ts';

/** The two windows, of which the editor's only notes what it is told. */
class Frame {
  readonly heard: { readonly method?: string; readonly params?: unknown }[] = [];
  readonly shown: [string, boolean][] = [];
  readonly messages: unknown[] = [];
  readonly editor = {
    postMessage: (message: object): void => {
      this.heard.push(message);
    },
  };
  readonly client = new EditorClient(this.editor, {
    onText: (text, isAnother) => this.shown.push([text, isAnother]),
    onReadOnly: () => undefined,
    onMessage: (message) => this.messages.push(message),
  });
  private listen: (event: { source: unknown; data: unknown }) => void = () => undefined;

  constructor() {
    const addEventListener = (_: string, listen: typeof this.listen): void => {
      this.listen = listen;
    };
    this.client.connect({ addEventListener });
  }

  say(method: string, params: object, source: unknown = this.editor): void {
    this.listen({ source, data: { jsonrpc: '2.0', method, params } });
  }

  update(params: object): void {
    this.say('web-editor::update', params);
  }
}

describe('the frame of a prompt in VS Code’s editor', () => {
  let frame: Frame;
  beforeEach(() => {
    frame = new Frame();
    frame.update({ content: 'A lamp.', readOnly: false, serverRevision: 1, force: true });
  });

  it('says that it is there, and shows the text that it is given', () => {
    assert.equal(frame.heard[0]?.method, 'web-editor-host::initialized');
    assert.deepEqual(frame.shown, [['A lamp.', true]]);
  });

  it('tells whether it may have been handed on to another prompt', () => {
    frame.update({ content: 'A lamp!', serverRevision: 2 });
    frame.update({ content: 'The sea.', readOnly: true, serverRevision: 3, force: true });
    assert.deepEqual(frame.shown.slice(1), [
      ['A lamp!', false],
      ['The sea.', true],
    ]);
  });

  it('takes over single edits of the editor', () => {
    const stringEdits = [{ offset: 7, length: 0, newText: ' On.' }];
    frame.say('web-editor::applyContentEdits', {
      edits: [{ kind: 'stringEdits', path: [], stringEdits }],
      serverRevision: 2,
      acknowledgedClientRevision: 0,
    });
    assert.deepEqual(frame.shown.at(-1), ['A lamp. On.', false]);
  });

  it('hears nobody else', () => {
    frame.say('web-editor::update', { content: 'x', force: true }, {});
    frame.say('web-editor-client-transport::message', { message: 1 }, {});
    frame.say('web-editor-client-transport::message', { message: 2 });
    assert.deepEqual([frame.shown.length, frame.messages], [1, [2]]);
  });
});
