import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { FromPage, TakeShown } from './protocol.ts';
import type { Texts } from './text.ts';

interface TakesProps {
  /** Of the cell. */
  readonly id: string;
  readonly takes: readonly TakeShown[];
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/**
 * The takes of a scene side by side; the one that is chosen counts. A choice is shown at once, until the
 * extension tells how the takes stand: it may have been refused.
 */
export function Takes({ id, takes, texts, post }: TakesProps): VNode {
  const [wish, setWish] = useState<{ readonly of: TakesProps['takes']; readonly take: number }>();
  const wished = wish?.of === takes ? wish.take : undefined;
  const isChosen = ({ take, chosen }: TakeShown): boolean =>
    wished === undefined ? chosen : take === wished;
  return (
    <fieldset class="takes">
      <legend class="heading">{texts.get('takes')}</legend>
      <div class="take-list">
        {takes.map((one) => {
          const { take, words, poster } = one;
          const chosen = isChosen(one);
          return (
            <label key={take} class="take" data-chosen={chosen}>
              {poster !== undefined && <img class="take-picture" src={poster} alt="" />}
              <span class="take-name">
                <input
                  type="radio"
                  name={`take-of-${id}`}
                  checked={chosen}
                  onChange={() => {
                    setWish({ of: takes, take });
                    post({ type: 'chooseTake', id, take });
                  }}
                />
                {texts.get('take', take)}
              </span>
              {words !== '' && <span class="take-words">{words}</span>}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
