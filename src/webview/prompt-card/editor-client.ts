import { applyEdits, type TextEdit } from './text-edits.ts';

/** What the editor tells of the block of code that this frame shows. */
export interface BlockListener {
  /**
   * This text is to be shown.
   *
   * @param isAnother the frame may have been given to another block; else the text has changed elsewhere
   */
  onText(text: string, isAnother: boolean): void;
  onReadOnly(readOnly: boolean): void;
  /** The extension has sent something. */
  onMessage(message: unknown): void;
}

interface OtherWindow {
  postMessage(message: object, targetOrigin: string): void;
}

interface OwnWindow {
  addEventListener(
    type: 'message',
    listener: (event: { readonly source: unknown; readonly data: unknown }) => void,
  ): void;
}

/**
 * A frame in place of a block of code, as VS Code's editor of rendered Markdown sees it: JSON-RPC 2.0
 * between the two windows, `web-editor/0.12` in its words. The frame only reads by that: edits that are
 * handed to the editor while it learns that the document has unsaved changes are lost (VS Code 1.139).
 */
export class EditorClient {
  private readonly editor: OtherWindow;
  private readonly listener: BlockListener;
  /** As the editor has it. */
  private text = '';

  constructor(editor: OtherWindow, listener: BlockListener) {
    this.editor = editor;
    this.listener = listener;
  }

  /** @param own the window that the editor answers to */
  connect(own: OwnWindow): void {
    own.addEventListener('message', ({ source, data }) => {
      if (source === this.editor && isCall(data)) this.receive(data);
    });
    this.post({
      id: 1,
      method: 'web-editor-host::initialized',
      params: {
        protocolVersion: 'web-editor/0.12',
        contentType: 'text',
        capabilities: { supportsContentEdits: true },
      },
    });
  }

  /** @param height of all that is shown, in pixels */
  reportHeight(height: number): void {
    this.post({ method: 'web-editor-host::reportSize', params: { height } });
  }

  /** Say something to the extension. */
  send(message: object): void {
    this.post({ method: 'web-editor-host-transport::message', params: { message } });
  }

  private receive({ id, method, params = {} }: Call): void {
    switch (method) {
      case 'web-editor::update':
        this.update(params);
        return;
      case 'web-editor::applyContentEdits':
        this.adopt(editedBy(this.text, params.edits), false);
        return;
      case 'web-editor-client-transport::message':
        this.listener.onMessage(params.message);
        return;
      case 'web-editor::getContentSchema':
        this.post({ id, result: { schema: null } });
        return;
      default:
        if (id !== undefined && method !== undefined) {
          this.post({ id, error: { code: -32601, message: 'There is no such method.' } });
        }
    }
  }

  private update({ readOnly, content, force }: Params): void {
    if (typeof readOnly === 'boolean') this.listener.onReadOnly(readOnly);
    if (typeof content === 'string') this.adopt(content, force === true);
  }

  private adopt(text: string, isAnother: boolean): void {
    this.text = text;
    this.listener.onText(text, isAnother);
  }

  private post(message: object): void {
    // The editor's window may have no origin that could be named; it is the only one that hears this.
    this.editor.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }
}

type Params = Readonly<Record<string, unknown>>;

interface Call {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Params;
}

function isCall(data: unknown): data is Call {
  return typeof data === 'object' && data !== null && 'jsonrpc' in data && data.jsonrpc === '2.0';
}

/** Whole texts and parts of them, one after the other. */
function editedBy(text: string, edits: unknown): string {
  return (edits as readonly ContentEdit[]).reduce(
    (whole, edit) =>
      edit.kind === 'replace' ? edit.newValue : applyEdits(whole, edit.stringEdits),
    text,
  );
}

type ContentEdit =
  | { readonly kind: 'replace'; readonly newValue: string }
  | { readonly kind: 'stringEdits'; readonly stringEdits: readonly TextEdit[] };
