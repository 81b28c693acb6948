import { render, type VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useKeptFocus } from '../kept-focus.ts';
import { EditorClient } from './editor-client.ts';
import type { CardAct, CardTake, DocumentKey, FromCard, ToCard } from './protocol.ts';
import { keepInFence, smallestEdit } from './text-edits.ts';
import { TypedText } from './typed-text.ts';

type CardMessage = Extract<ToCard, { readonly type: 'card' }>;

/** All that is to be seen of one showing; the next one begins with nothing of it. */
interface Showing {
  readonly number: number;
  readonly text: string;
  readonly told?: Pick<CardMessage, 'card' | 'note' | 'promptLabel'>;
  readonly picture?: string | undefined;
}

interface CardProps {
  readonly showing: Showing;
  readonly readOnly: boolean;
  readonly onType: (text: string) => void;
  readonly onAct: (id: string) => void;
  readonly onKey: (key: DocumentKey) => void;
}

function Card({ showing, readOnly, onType, onAct, onKey }: CardProps): VNode {
  const { text, told, picture } = showing;
  const { card, note, promptLabel = '' } = told ?? {};
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root);
  return (
    <section ref={root} class="card" aria-label={card?.label ?? promptLabel}>
      {picture !== undefined && <img class="picture" src={picture} alt="" />}
      <div class="body">
        {card !== undefined && (
          <p class="state" data-state={card.state}>
            <span class="sign" aria-hidden="true">
              {card.sign}
            </span>
            <span>{card.stateWords}</span>
            <span class="facts">{card.facts}</span>
          </p>
        )}
        {card?.trouble !== undefined && <p class="trouble">{card.trouble}</p>}
        {note !== undefined && <p class="note">{note}</p>}
        <Prompt label={promptLabel} {...{ text, readOnly, onType, onKey }} />
        {card !== undefined && card.takes.length > 0 && (
          <Takes label={card.takesLabel} takes={card.takes} onAct={onAct} />
        )}
        {card !== undefined && <Acts acts={card.acts} onAct={onAct} />}
      </div>
    </section>
  );
}

function Acts({
  acts,
  onAct,
}: Pick<CardProps, 'onAct'> & { readonly acts: readonly CardAct[] }): VNode | null {
  if (acts.length === 0) return null;
  return (
    <div class="acts">
      {acts.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          onClick={() => {
            onAct(id);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Takes({
  label,
  takes,
  onAct,
}: Pick<CardProps, 'onAct'> & {
  readonly label: string;
  readonly takes: readonly CardTake[];
}): VNode {
  return (
    <div class="takes" role="group" aria-label={label}>
      {takes.map((take) => (
        <button
          key={take.id}
          type="button"
          class="take"
          aria-pressed={take.counts}
          title={take.words}
          onClick={() => {
            if (!take.counts) onAct(take.id);
          }}
        >
          {take.label}
        </button>
      ))}
    </div>
  );
}

type PromptProps = Pick<CardProps, 'readOnly' | 'onType' | 'onKey'> & {
  readonly label: string;
  readonly text: string;
};

/** The prompt, which is as high as its words. */
function Prompt({ label, text, readOnly, onType, onKey }: PromptProps): VNode {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const { current } = area;
    // What was typed stands there already; to put it there again would move the cursor.
    const edit = current === null ? undefined : smallestEdit(current.value, text);
    if (current === null || edit === undefined) return;
    current.value = text;
    const cursor = edit.offset + edit.newText.length;
    current.setSelectionRange(cursor, cursor);
  }, [text]);
  return (
    <textarea
      ref={area}
      class="prompt"
      rows={1}
      dir="auto"
      aria-label={label}
      readOnly={readOnly}
      onInput={({ currentTarget }) => {
        const kept = keepInFence(text, currentTarget.value);
        if (kept !== currentTarget.value) {
          const cursor = currentTarget.selectionEnd + kept.length - currentTarget.value.length;
          currentTarget.value = kept;
          currentTarget.setSelectionRange(cursor, cursor);
        }
        onType(kept);
      }}
      onKeyDown={(event) => {
        const key = documentKeyOf(event);
        if (key === undefined) return;
        // The document has one history of all that was changed in it, here and elsewhere.
        event.preventDefault();
        onKey(key);
      }}
    />
  );
}

function documentKeyOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) {
  if (ctrlKey === metaKey || altKey) return undefined;
  switch (key.toLowerCase()) {
    case 's':
      return shiftKey ? undefined : 'save';
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return metaKey ? undefined : 'redo';
    default:
      return undefined;
  }
}

/** The frame's life: it shows one prompt after the other, and keeps nothing of those before. */
function begin(root: HTMLElement): void {
  let showing: Showing = { number: 0, text: '' };
  let readOnly = true;
  const say = (message: FromCard): void => {
    client.send(message);
  };
  const typed = new TypedText({
    send: (before, text) => {
      say({ type: 'type', showing: showing.number, before, text });
    },
    show: (text) => {
      showing = { ...showing, number: showing.number + 1, text };
      say({ type: 'shows', showing: showing.number, text });
      draw();
    },
  });
  const client = new EditorClient(window.parent, {
    onText: (content, isAnother) => {
      // A text area has line feeds alone, whatever the document has.
      const text = content.replace(/\r\n?/g, '\n');
      // The editor may draw anew what it shows, and hands the frame to the same prompt again then.
      if (!isAnother || (document.hasFocus() && typed.isOwn(text))) {
        typed.tell(text);
        return;
      }
      showing = { number: showing.number, text };
      typed.restart(text);
    },
    onReadOnly: (now) => {
      readOnly = now;
      draw();
    },
    onMessage: (message) => {
      // The extension's own words, whichever prompt they are about.
      const told = message as ToCard;
      if (told.showing !== showing.number) return;
      if (told.type === 'typed') {
        typed.answered(told.text, told.isTaken);
        return;
      }
      showing = told.type === 'card' ? { ...showing, told } : { ...showing, picture: told.source };
      draw();
    },
  });
  const draw = (): void => {
    render(
      <Card
        showing={showing}
        readOnly={readOnly}
        onType={(text) => {
          showing = { ...showing, text };
          typed.type(text);
          draw();
        }}
        onAct={(id) => {
          say({ type: 'act', showing: showing.number, id });
        }}
        onKey={(type) => {
          typed.whenSettled(() => {
            if (type !== 'save') typed.expectOthers();
            say({ type });
          });
        }}
      />,
      root,
    );
  };
  const tellHeight = (): void => {
    client.reportHeight(Math.ceil(root.getBoundingClientRect().height));
  };
  new ResizeObserver(tellHeight).observe(root);
  // The editor measures the frame itself then, and a frame is never lower than it was.
  window.addEventListener('load', () => requestAnimationFrame(tellHeight));
  client.connect(window);
}

/**
 * VS Code tells a frame its colours once (1.139). The editor around it, which is of the same origin, has those of
 * each theme that is chosen later.
 */
function followTheme(): void {
  const around = window.parent.document.documentElement;
  const copy = (): void => {
    const { style } = document.documentElement;
    style.cssText = around.style.cssText;
    // Where it differs from that around it, the frame is not transparent.
    style.colorScheme = getComputedStyle(around).colorScheme;
  };
  new MutationObserver(copy).observe(around, { attributeFilter: ['style'] });
}

const root = document.getElementById('card');
if (root !== null) begin(root);
try {
  followTheme();
} catch {
  // Of another origin, which is not to be read: it stays as it was when it was opened.
}
