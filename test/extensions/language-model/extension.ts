import * as vscode from 'vscode';
import { caller, guarded } from './models.ts';

export const extensionId = 'scenewright-tests.language-model';
export const vendor = 'scenewright-tests';

/** A model, and what it does with a request. */
export interface TestModel {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly name: string;
  /** Whether it says that it can call tools. */
  readonly takesTools: boolean;
  /** Whether VS Code asks its user before another extension may use it. */
  readonly asksFirst?: boolean;
  answer(request: TestRequest): Promise<void> | void;
}

export interface TestRequest {
  /** Text of every message, all of which come from the user. */
  readonly messages: readonly string[];
  readonly tools: readonly vscode.LanguageModelChatTool[];
  readonly mustCall: boolean;
  readonly token: vscode.CancellationToken;
  say(text: string): void;
  call(tool: string, input: object): void;
}

/** What `activate()` returns. */
export interface LanguageModelTests {
  /** Offer these models from now on, and no others. Until then there are those of `models.ts`. */
  offer(models: readonly TestModel[]): void;
}

export function activate(context: vscode.ExtensionContext): LanguageModelTests {
  const changed = new vscode.EventEmitter<void>();
  let offered: readonly TestModel[] = [caller, guarded];
  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => offered.map(informationOf),
    provideLanguageModelChatResponse: async (information, messages, options, progress, token) => {
      const model = offered.find(({ id }) => id === information.id);
      if (model === undefined) throw vscode.LanguageModelError.NotFound(information.id);
      await model.answer({
        messages: messages.map(textOf),
        tools: options.tools ?? [],
        mustCall: options.toolMode === vscode.LanguageModelChatToolMode.Required,
        token,
        say: (text) => {
          progress.report(new vscode.LanguageModelTextPart(text));
        },
        call: (tool, input) => {
          progress.report(new vscode.LanguageModelToolCallPart('1', tool, input));
        },
      });
    },
    provideTokenCount: (_model, text) =>
      Promise.resolve(typeof text === 'string' ? text.length : textOf(text).length),
  };
  context.subscriptions.push(
    changed,
    vscode.lm.registerLanguageModelChatProvider(vendor, provider),
  );
  return {
    offer: (models) => {
      offered = models;
      changed.fire();
    },
  };
}

function informationOf({ id, name, takesTools, asksFirst }: TestModel): Information {
  return {
    id,
    name,
    family: 'test',
    version: '1',
    maxInputTokens: 100_000,
    maxOutputTokens: 10_000,
    capabilities: { toolCalling: takesTools },
    ...(asksFirst === true ? { requiresAuthorization: true } : {}),
  };
}

/** `requiresAuthorization` belongs to the proposed part of the interface, which Copilot uses. */
type Information = vscode.LanguageModelChatInformation & { readonly requiresAuthorization?: true };

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .filter((part) => part instanceof vscode.LanguageModelTextPart)
    .map(({ value }) => value)
    .join('');
}
