import * as vscode from 'vscode';
import { plain } from './plain.ts';

/**
 * The one place where notifications, questions, prompts and lists are handed to VS Code. Any word in
 * them may come from outside: a service's answer, a file's name, the title of somebody's script. So
 * all of them are shown as they stand ({@link plain}); we have no links in any. The lint step keeps
 * the functions of `vscode.window` that are used here from being used elsewhere.
 */

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

/** @returns the label of the button that was clicked */
export function showInformation(
  message: string,
  ...buttons: string[]
): Promise<string | undefined> {
  return show((...words) => vscode.window.showInformationMessage(...words), message, buttons);
}

/** @returns the label of the button that was clicked */
export function showWarning(message: string, ...buttons: string[]): Promise<string | undefined> {
  return show((...words) => vscode.window.showWarningMessage(...words), message, buttons);
}

/** @returns the label of the button that was clicked */
export function showError(message: string, ...buttons: string[]): Promise<string | undefined> {
  return show((...words) => vscode.window.showErrorMessage(...words), message, buttons);
}

/**
 * Ask a question that nothing else can be done before.
 *
 * @param detail what the answer depends on, one line each
 * @returns the label of the button that was clicked; none where they thought better of it
 */
export function askAmong(
  question: string,
  detail: readonly string[],
  ...buttons: string[]
): Promise<string | undefined> {
  const options = { modal: true, detail: plain(detail.join('\n')) };
  return show(
    (message, ...items) => vscode.window.showWarningMessage(message, options, ...items),
    question,
    buttons,
  );
}

/** The same with one button, which stands for yes. */
export async function ask(
  question: string,
  detail: readonly string[],
  yes: string,
): Promise<boolean> {
  return (await askAmong(question, detail, yes)) === yes;
}

async function show(
  act: Show,
  message: string,
  buttons: readonly string[],
): Promise<string | undefined> {
  const labels = buttons.map(plain);
  const answer = await act(plain(message), ...labels);
  return answer === undefined ? undefined : buttons[labels.indexOf(answer)];
}

/** Let the writer choose one of a list. */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(items.map(plainItem), plainOptions(options));
  return picked?.meant;
}

/** Let the writer choose any of a list; none where they left. */
export async function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Promise<readonly T[]> {
  const picked = await vscode.window.showQuickPick(items.map(plainItem), {
    ...plainOptions(options),
    canPickMany: true,
  });
  return (picked ?? []).map(({ meant }) => meant);
}

/** A button of each row of a list, which leaves the list open. */
export interface RowButton<T> {
  readonly icon: string;
  readonly tooltip: string;
  readonly press: (item: T) => void;
}

/** Let the writer choose one of a list whose rows have a button, beginning at one of them. */
export async function pickOneOrPress<T extends vscode.QuickPickItem>(
  items: readonly T[],
  { title, placeHolder, active }: { title: string; placeHolder: string; active: T | undefined },
  { icon, tooltip, press }: RowButton<T>,
): Promise<T | undefined> {
  const buttons = [{ iconPath: new vscode.ThemeIcon(icon), tooltip: plain(tooltip) }];
  const pick = vscode.window.createQuickPick<PlainItem<T>>();
  pick.title = plain(title);
  pick.placeholder = plain(placeHolder);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items.map((item) => ({ ...plainItem(item), buttons }));
  pick.activeItems = pick.items.filter(({ meant }) => meant === active);
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.activeItems[0]?.meant);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.onDidTriggerItemButton(({ item }) => {
        press(item.meant);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

interface PlainItem<T> extends vscode.QuickPickItem {
  readonly meant: T;
}

function plainItem<T extends vscode.QuickPickItem>(meant: T): PlainItem<T> {
  const { label, kind, iconPath, description, detail } = meant;
  return {
    label: plain(label),
    ...(kind === undefined ? {} : { kind }),
    ...(iconPath === undefined ? {} : { iconPath }),
    ...(description === undefined ? {} : { description: plain(description) }),
    ...(detail === undefined ? {} : { detail: plain(detail) }),
    meant,
  };
}

function plainOptions({
  title,
  placeHolder,
  ...rest
}: vscode.QuickPickOptions): vscode.QuickPickOptions {
  return {
    ...rest,
    ...(title === undefined ? {} : { title: plain(title) }),
    ...(placeHolder === undefined ? {} : { placeHolder: plain(placeHolder) }),
  };
}

/** What the writer is asked to type. */
export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  readonly ignoreFocusOut?: boolean;
  /** Why a text will not do; nothing where it will. */
  readonly validateInput?: (value: string) => string | undefined;
}

/** Let the writer type something; `undefined` where they left. */
export async function askForText(question: TextQuestion): Promise<string | undefined> {
  const { title, prompt, placeHolder, validateInput, ...rest } = question;
  return vscode.window.showInputBox({
    ...rest,
    title: plain(title),
    prompt: plain(prompt),
    ...(placeHolder === undefined ? {} : { placeHolder: plain(placeHolder) }),
    ...(validateInput === undefined
      ? {}
      : {
          validateInput: (value) => {
            const why = validateInput(value);
            return why === undefined ? undefined : plain(why);
          },
        }),
  });
}

/**
 * Show that something is being done, with a button that cancels it.
 *
 * @param act is given what tells that it was cancelled, and whom to tell the fraction that is done, and
 *   what it waits for
 */
export async function withProgress<T>(
  options: { readonly title: string; readonly location: vscode.ProgressLocation },
  act: (
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
    onWaiting: (text: string) => void,
  ) => Promise<T>,
): Promise<T> {
  const shown = { ...options, title: plain(options.title), cancellable: true };
  return vscode.window.withProgress(shown, (progress, token) => {
    let before = 0;
    return act(
      signalOf(token),
      (fraction) => {
        progress.report({ increment: (fraction - before) * 100 });
        before = fraction;
      },
      (text) => {
        progress.report({ message: plain(text) });
      },
    );
  });
}

/** How long a word about what was chosen stays in the status bar, in milliseconds. */
export const toldMs = 5000;

/** A word in the status bar that goes after so many milliseconds. */
export function showInStatusBar(text: string, forMs: number): void {
  vscode.window.setStatusBarMessage(plain(text), forMs);
}

/** The one bridge from VS Code's tokens to the core's signals. */
function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else
    token.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}
