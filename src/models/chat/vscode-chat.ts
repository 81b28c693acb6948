import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Chat, ChatPart, ChatQuestion } from './chat.ts';

/** A language model that VS Code offers: GitHub Copilot's, or any that an extension brings. */
export class VsCodeChat implements Chat {
  readonly name: string;
  readonly takesTools: boolean | undefined;
  readonly maxInputTokens?: number;
  private readonly model: vscode.LanguageModelChat;

  constructor(model: vscode.LanguageModelChat) {
    this.model = model;
    this.name = model.name === '' ? model.id : model.name;
    this.takesTools = toolsOf(model);
    if (model.maxInputTokens > 0) this.maxInputTokens = model.maxInputTokens;
  }

  async send(question: ChatQuestion, signal: AbortSignal): Promise<AsyncIterable<ChatPart>> {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => {
      source.cancel();
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    const done = (): void => {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    };
    try {
      const { stream } = await this.model.sendRequest(
        question.messages.map((text) => vscode.LanguageModelChatMessage.User(text)),
        {
          justification: t('It writes the outline and the scenes of your scripts.'),
          ...(question.tool === undefined
            ? {}
            : { tools: [question.tool], toolMode: vscode.LanguageModelChatToolMode.Required }),
        },
        source.token,
      );
      return partsOf(stream, done);
    } catch (error) {
      done();
      throw error;
    }
  }
}

async function* partsOf(
  stream: vscode.LanguageModelChatResponse['stream'],
  done: () => void,
): AsyncGenerator<ChatPart, void, undefined> {
  try {
    for await (const part of stream) {
      if (part instanceof vscode.LanguageModelTextPart) {
        yield { kind: 'text', text: part.value };
      } else if (part instanceof vscode.LanguageModelToolCallPart) {
        yield { kind: 'call', tool: part.name, input: part.input };
      } else yield otherPart(part);
    }
  } finally {
    done();
  }
}

/** Thoughts and data come as kinds of parts that the types of this version of VS Code do not all have. */
function otherPart(part: unknown): ChatPart {
  const { value, data, mimeType } = Object(part) as Readonly<Record<string, unknown>>;
  if (data instanceof Uint8Array && /json|text/u.test(String(mimeType))) {
    return { kind: 'text', text: new TextDecoder().decode(data) };
  }
  const texts = Array.isArray(value) ? value : [value];
  const text = texts.filter((one) => typeof one === 'string').join('');
  return text === '' ? { kind: 'other' } : { kind: 'thought', text };
}

/** What the model says about tools. VS Code hands it over, though its types do not promise it yet. */
function toolsOf(model: vscode.LanguageModelChat): boolean | undefined {
  const { capabilities } = model as { capabilities?: { supportsToolCalling?: unknown } };
  const told = capabilities?.supportsToolCalling;
  return typeof told === 'boolean' ? told : undefined;
}
