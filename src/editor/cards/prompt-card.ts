import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { memoize } from '../../base/memoize.ts';
import { codeValue } from '../../script/markdown/block-types.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import {
  readFromCard,
  type CardShown,
  type FromCard,
  type ToCard,
} from '../../webview/prompt-card/protocol.ts';
import { takeFacts, takeList } from '../jobs/take-list.ts';
import { signs } from './card-html.ts';
import { commandsOf, factWords, stateWords, troubleWords, type CardCommand } from './card-words.ts';
import { editPrompt } from './edit-prompt.ts';
import { cardMaker, type CardTools, type SceneCard } from './scene-card.ts';

/** What a card does outside of its frame. */
export interface PromptCardActions {
  /** Throws where the frame is gone. */
  post(message: ToCard): void;
  run(command: Pick<CardCommand, 'command' | 'argument'>): void;
  save(document: vscode.TextDocument): void;
  history(command: 'undo' | 'redo'): void;
  /**
   * Change the document, without saving it.
   *
   * @param compute is asked again where the document moves on; nothing for: not any more
   * @returns whether it was changed
   */
  edit(
    document: vscode.TextDocument,
    compute: () => readonly TextEdit[] | undefined,
  ): Promise<boolean>;
  log(error: unknown): void;
}

type Typed = Extract<FromCard, { readonly type: 'type' }>;

/** A prompt that a frame shows. */
interface Shown {
  readonly showing: number;
  readonly text: string;
}

/**
 * One frame, which shows one prompt of a script after the other. VS Code tells it the text and nothing
 * else, so that the scene is found by its words: where several say the same, nothing can be ordered or
 * written, and while a person types, it stays the scene that it was.
 */
export class PromptCard {
  private readonly tools: CardTools;
  private readonly document: () => vscode.TextDocument | undefined;
  private readonly actions: PromptCardActions;
  private shown: Shown | undefined;
  private scene: SceneId | undefined;
  /** What was last said of the showing. */
  private said = '';
  /** The picture that the frame has, as it was on disk; empty for none, absent where that is not known. */
  private pictured: string | undefined;
  private isDisposed = false;

  constructor(
    tools: CardTools,
    document: () => vscode.TextDocument | undefined,
    actions: PromptCardActions,
  ) {
    this.tools = tools;
    this.document = document;
    this.actions = actions;
  }

  receive(message: unknown): void {
    const known = readFromCard(message);
    const document = this.document();
    if (known === undefined || document === undefined) return;
    switch (known.type) {
      case 'save':
        this.actions.save(document);
        return;
      case 'undo':
      case 'redo':
        this.actions.history(known.type);
        return;
      case 'shows':
        [this.said, this.pictured] = ['', undefined];
        this.shown = known;
        this.scene = undefined;
        this.look();
        return;
      case 'type':
        void this.type(document, known).catch((error: unknown) => {
          this.actions.log(error);
        });
        return;
      case 'act': {
        if (known.showing !== this.shown?.showing) return;
        const [number, another] = this.numbersIn(document);
        // What was clicked on has to be what the document says at this moment.
        const isKnown = number !== undefined && another === undefined;
        const act = isKnown ? this.actsOf(document, number).get(known.id) : undefined;
        if (act === undefined) this.look();
        else this.actions.run(act);
      }
    }
  }

  /** Says what has changed of what there is to say. */
  look(): void {
    const document = this.document();
    const { shown } = this;
    if (document === undefined || shown === undefined || this.isDisposed) return;
    const numbers = this.numbersIn(document);
    const [number, another] = numbers;
    const isKnown = number !== undefined && another === undefined;
    const card = isKnown ? cardMaker(this.tools, document)(number) : undefined;
    if (isKnown) this.scene = this.tools.scripts.read(document).scenes[number - 1]?.id;
    // It is on its way into the document, and still the scene that it was.
    else if (number === undefined && this.scene !== undefined) return;
    this.say({
      type: 'card',
      showing: shown.showing,
      promptLabel: card === undefined ? t('Prompt') : t('Prompt of scene {0}', card.number),
      ...defined({
        card: card && this.cardOf(document, card),
        note: another === undefined ? undefined : sameWords(numbers),
      }),
    });
    void this.showPicture(shown.showing, card?.picture).catch((error: unknown) => {
      this.actions.log(error);
    });
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** Puts into the document what a person types, and says whether it is there. */
  private async type(document: vscode.TextDocument, typed: Typed): Promise<void> {
    const { showing, before, text } = typed;
    const isTaken = await this.actions.edit(document, () => {
      if (showing !== this.shown?.showing || before !== this.shown.text) return undefined;
      const [number, another] = this.numbersIn(document);
      const node = this.tools.scripts.read(document).scenes[(number ?? 0) - 1];
      if (node === undefined || another !== undefined) return undefined;
      return editPrompt(document.getText(), node, before, text);
    });
    if (this.isDisposed || showing !== this.shown?.showing) return;
    if (isTaken) this.shown = { showing, text };
    this.actions.post({ type: 'typed', showing, text, isTaken });
    this.look();
  }

  /** The scenes, from 1, whose prompt reads as what is shown; the one that it was, where that is among them. */
  private numbersIn(document: vscode.TextDocument): readonly number[] {
    const script = this.tools.scripts.read(document);
    const alike = numbersByPrompt(script).get(codeValue(this.shown?.text ?? '')) ?? [];
    const known = alike.filter((number) => script.scenes[number - 1]?.id === this.scene);
    return this.scene !== undefined && known.length === 1 ? known : alike;
  }

  private cardOf(document: vscode.TextDocument, card: SceneCard): CardShown {
    const acts = [...this.actsOf(document, card.number)];
    return {
      label: t('Scene {0}: {1}', card.number, card.title),
      state: card.state,
      sign: signs[card.state],
      stateWords: stateWords(card),
      facts: factWords(card),
      ...defined({ trouble: troubleWords(card) }),
      acts: acts.flatMap(([id, { label, take }]) => (take === undefined ? [{ id, label }] : [])),
      takesLabel: t('Takes'),
      takes: acts.flatMap(([id, { label, take }]) =>
        take === undefined ? [] : [{ id, label, ...take }],
      ),
    };
  }

  /** All that can be clicked on a scene's card, by id. */
  private actsOf(document: vscode.TextDocument, number: number): ReadonlyMap<string, CardAct> {
    const uri = document.uri.toString();
    const script = this.tools.scripts.read(document);
    const node = script.scenes[number - 1];
    const clip = this.tools.clips.of(document)[number - 1];
    const card = cardMaker(this.tools, document)(number);
    if (node === undefined || clip === undefined || card === undefined) return new Map();
    const argument = { uri, scene: number };
    const rewrite = { label: t('Rewrite'), command: 'scenewright.rewriteScene', argument };
    const another = {
      label: t('Another take'),
      command: 'scenewright.renderAnotherTake',
      argument,
    };
    const here = takeList(node, clip).filter(({ state }) => state === 'here');
    const acts: CardAct[] = [
      ...commandsOf(card, uri),
      ...(card.state === 'current' ? [another] : []),
      ...(card.state === 'unwritten' ? [] : [rewrite]),
      ...(here.length < 2 ? [] : here).map((shown) => ({
        label: t('Take {0}', shown.take),
        command: 'scenewright.chooseTake',
        argument: { ...argument, take: shown.take },
        take: { counts: shown.counts, words: takeFacts(shown) },
      })),
    ];
    return new Map(acts.map((act) => [idOf(act), act]));
  }

  private async showPicture(showing: number, file: string | undefined): Promise<void> {
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    const state = found === undefined ? '' : `${showing} ${file} ${found.size} ${found.mtimeMs}`;
    if (this.pictured === state || this.shown?.showing !== showing) return;
    this.pictured = state;
    const source = file && found && (await addressOf(file, found.size));
    if (this.pictured !== state || this.isDisposed) return;
    this.actions.post({ type: 'picture', showing, ...defined({ source }) });
  }

  private say(message: ToCard): void {
    const words = JSON.stringify(message);
    if (words === this.said) return;
    this.said = words;
    this.actions.post(message);
  }
}

/** A command of a card; where it chooses a take, with what there is to say of that. */
interface CardAct extends CardCommand {
  readonly take?: { readonly counts: boolean; readonly words: string };
}

/** The same command of the same scene is the same act, so that a card that says the same is the same. */
function idOf({ command, argument }: CardAct): string {
  return JSON.stringify([command, argument]);
}

/** The numbers of scenes, from 1, by what their blocks of prompts say. */
const numbersByPrompt = memoize(
  ({ scenes }: ParsedScript): ReadonlyMap<string, readonly number[]> => {
    const numbers = new Map<string, number[]>();
    for (const [index, { parts }] of scenes.entries()) {
      for (const { block, kinds } of parts) {
        if (block.type !== 'code' || !kinds.includes('prompt')) continue;
        const alike = numbers.get(block.value) ?? [];
        if (!alike.includes(index + 1)) numbers.set(block.value, [...alike, index + 1]);
      }
    }
    return numbers;
  },
);

function sameWords(numbers: readonly number[]): string {
  return t(
    'Scenes {0} have the same prompt, so this card cannot tell which of them it is.',
    listed(numbers),
  );
}

const pictureTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
};

/** Bytes of the largest picture that is handed to a frame. */
const largestPicture = 4_000_000;

/** The frame can load no file, so that the picture itself is its address. */
async function addressOf(file: string, size: number): Promise<string | undefined> {
  const type = pictureTypes[path.extname(file).toLowerCase()];
  if (type === undefined || size > largestPicture) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && `data:${type};base64,${bytes.toString('base64')}`;
}
