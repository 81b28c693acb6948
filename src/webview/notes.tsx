import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { ProgressView } from './protocol.ts';
import type { Texts } from './text.ts';

interface NotesProps {
  readonly view: ProgressView;
  readonly texts: Texts;
}

/** More than these are folded away, with their number on the outside. */
const openNotes = 2;

/** What is worth knowing and needs no action. */
export function Notes({ view, texts }: NotesProps): VNode | null {
  const notes = [...(view.unwatched ? [texts.get('unwatched')] : []), ...(view.notes ?? [])];
  if (notes.length === 0) return null;
  const list = (
    <ul role="list" class="note-list">
      {notes.map((note, index) => (
        <li key={index} class="note">
          <Icon name="info" />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
  return (
    <section class="notes" aria-label={texts.get('notes')}>
      {notes.length <= openNotes ? (
        list
      ) : (
        <details>
          <summary>{texts.get('manyNotes', notes.length)}</summary>
          {list}
        </details>
      )}
    </section>
  );
}
