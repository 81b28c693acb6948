import type { VNode } from 'preact';
import type { FromPage, TakeShown } from './protocol.ts';
import type { Texts } from './text.ts';

interface TakesProps {
  /** Of the cell. */
  readonly id: string;
  readonly takes: readonly TakeShown[];
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** The takes of a scene side by side; the one that is chosen counts. */
export function Takes({ id, takes, texts, post }: TakesProps): VNode {
  return (
    <fieldset class="takes">
      <legend class="heading">{texts.get('takes')}</legend>
      <div class="take-list">
        {takes.map(({ take, chosen, words, poster }) => (
          <label key={take} class="take" data-chosen={chosen}>
            {poster !== undefined && <img class="take-picture" src={poster} alt="" />}
            <span class="take-name">
              <input
                type="radio"
                name={`take-of-${id}`}
                checked={chosen}
                onChange={() => {
                  post({ type: 'chooseTake', id, take });
                }}
              />
              {texts.get('take', take)}
            </span>
            {words !== '' && <span class="take-words">{words}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
