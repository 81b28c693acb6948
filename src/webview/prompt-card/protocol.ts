/**
 * What the card of a prompt and the extension say to each other, in VS Code's editor of rendered
 * Markdown. Plain data only. Every text arrives ready to show, in the writer's language.
 *
 * VS Code hands the frame of a card on to another prompt of the document whenever it likes. Whatever is
 * said is therefore said of one showing, which the card counts: what is of another is not meant any more.
 */

/** Something that the card's buttons do. */
export interface CardAct {
  /** Means something to the extension alone. */
  readonly id: string;
  readonly label: string;
}

/** One take of a scene, to be chosen. */
export interface CardTake extends CardAct {
  /** It is the scene's clip. */
  readonly counts: boolean;
  /** How it was made: `8 s · $0.40`; may be empty. */
  readonly words: string;
}

/** A scene as its card shows it. */
export interface CardShown {
  /** What the card is, to those who hear it: `Scene 3: The lamp goes out`. */
  readonly label: string;
  readonly state: string;
  /** A sign for the state, whose words stand beside it. */
  readonly sign: string;
  readonly stateWords: string;
  readonly facts: string;
  /** What went wrong. */
  readonly trouble?: string;
  /** What can be done next, the first of it first. */
  readonly acts: readonly CardAct[];
  readonly takesLabel: string;
  /** At least two, or none. */
  readonly takes: readonly CardTake[];
}

/** What is said to the card. */
export type ToCard =
  | {
      readonly type: 'card';
      readonly showing: number;
      /** Absent while it is not known which scene's prompt that is. */
      readonly card?: CardShown;
      /** Why it is not known. */
      readonly note?: string;
      /** What the text is, to those who hear it. */
      readonly promptLabel: string;
    }
  /** Whether the document has this text, which the card has asked for. */
  | {
      readonly type: 'typed';
      readonly showing: number;
      readonly text: string;
      readonly isTaken: boolean;
    }
  /** The scene's picture as a `data:` address. */
  | { readonly type: 'picture'; readonly showing: number; readonly source?: string };

/** Keys that mean the document rather than the prompt. */
export const documentKeys = ['save', 'undo', 'redo'] as const;

export type DocumentKey = (typeof documentKeys)[number];

/** What the card says. */
export type FromCard =
  /** It shows this prompt now. All texts have line feeds alone. */
  | { readonly type: 'shows'; readonly showing: number; readonly text: string }
  /** The person wants this text in place of the one before; it is told what has become of it. */
  | {
      readonly type: 'type';
      readonly showing: number;
      readonly before: string;
      readonly text: string;
    }
  | { readonly type: 'act'; readonly showing: number; readonly id: string }
  | { readonly type: DocumentKey };

/** What a message from a card's frame says; `undefined` where it is none of {@link FromCard}. */
export function readFromCard(message: unknown): FromCard | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, showing, before, text, id } = message as Readonly<Record<string, unknown>>;
  const key = documentKeys.find((one) => one === type);
  if (key !== undefined) return { type: key };
  if (typeof showing !== 'number') return undefined;
  if (typeof text === 'string') {
    if (type === 'shows') return { type, showing, text };
    if (type === 'type' && typeof before === 'string') return { type, showing, before, text };
  }
  return type === 'act' && typeof id === 'string' ? { type, showing, id } : undefined;
}
