import * as vscode from 'vscode';
import { plain } from './plain.ts';

/** Where a question stands among those that follow each other. */
export interface Step {
  readonly title: string;
  /** From 1 on. */
  readonly step: number;
  readonly totalSteps: number;
  /** Whether there is a way back from here. */
  readonly hasBack: boolean;
}

/** What a question came to: an answer, the step before it, or nothing where the writer left. */
export type StepAnswer<T> = { readonly answer: T } | 'back' | undefined;

export interface TextStep extends Step {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  /** Why a text will not do; nothing where it will. */
  readonly validate?: (value: string) => string | undefined;
  /** Told of every change, so that what was typed is there again after whatever comes between. */
  readonly onTyped?: (value: string) => void;
}

/** Let the writer type something as one of several steps. */
export function textStep(step: TextStep): Promise<StepAnswer<string>> {
  const { prompt, placeHolder = '', value = '', validate, onTyped } = step;
  const box = vscode.window.createInputBox();
  box.prompt = plain(prompt);
  box.placeholder = plain(placeHolder);
  box.value = value;
  const check = (typed: string): boolean => {
    const why = validate?.(typed);
    box.validationMessage = why === undefined ? undefined : plain(why);
    return why === undefined;
  };
  return answered(box, step, (resolve) => {
    box.onDidChangeValue((typed) => {
      onTyped?.(typed);
      // What is wrong is said once it is handed in; from then on it goes as soon as it is right.
      if (box.validationMessage !== undefined) check(typed);
    });
    box.onDidAccept(() => {
      if (check(box.value)) resolve({ answer: box.value });
    });
  });
}

export interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly placeHolder: string;
  /** The rows for what is typed, the same list where they are the same; `alwaysShow` shows one whatever that is. */
  readonly items: (typed: string) => readonly T[];
  /** Whether a row is one to choose; others only say something. */
  readonly isAnswer?: (item: T) => boolean;
  /** The row to begin at, among the first. */
  readonly active?: (item: T) => boolean;
}

/** Let the writer choose one of a list as one of several steps. */
export function pickStep<T extends vscode.QuickPickItem>(
  step: PickStep<T>,
): Promise<StepAnswer<T>> {
  const { placeHolder, items, isAnswer = () => true, active } = step;
  const pick = vscode.window.createQuickPick<T & { readonly meant: T }>();
  pick.placeholder = plain(placeHolder);
  let rows: readonly T[] = [];
  const show = (typed: string): void => {
    const next = items(typed);
    if (next === rows) return;
    rows = next;
    pick.items = next.map((meant) => ({ ...meant, ...plainWords(meant), meant }));
  };
  show('');
  // An empty list would stand for none of them.
  const begin = pick.items.filter(({ meant }) => active?.(meant));
  if (begin.length > 0) pick.activeItems = begin;
  return answered(pick, step, (resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      // Who types fast is through before the rows for it are shown: the first of them is meant, and none of
      // those that were there before.
      const isOld = active !== undefined && !pick.items.includes(active);
      const meant = (isOld ? pick.items[0] : active)?.meant;
      if (meant !== undefined && isAnswer(meant)) resolve({ answer: meant });
    });
  });
}

function plainWords({ label, description, detail }: vscode.QuickPickItem): vscode.QuickPickItem {
  return {
    label: plain(label),
    ...(description === undefined ? {} : { description: plain(description) }),
    ...(detail === undefined ? {} : { detail: plain(detail) }),
  };
}

async function answered<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, hasBack }: Step,
  listen: (resolve: (answer: StepAnswer<T>) => void) => void,
): Promise<StepAnswer<T>> {
  input.title = plain(title);
  input.step = step;
  input.totalSteps = totalSteps;
  input.ignoreFocusOut = true;
  if (hasBack) input.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise((resolve) => {
      listen(resolve);
      input.onDidTriggerButton(() => {
        resolve('back');
      });
      input.onDidHide(() => {
        resolve(undefined);
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
