import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon, stateIcons } from './icon.tsx';
import { clipFaces } from './cell-face.ts';
import type { Pictures } from './pictures.ts';
import type { FromPage, TakeShown } from './protocol.ts';
import type { Texts } from './text.ts';

interface TakesProps {
  /** Of the cell. */
  readonly id: string;
  readonly takes: readonly TakeShown[];
  readonly pictures: Pictures;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** Whether a take is here, so that it can be chosen. */
export function canCount({ state }: TakeShown): boolean {
  return state === 'current' || state === 'stale';
}

/**
 * The takes of a scene that are here, side by side; the one that is chosen counts. A choice is shown at
 * once, until the extension tells how the takes stand: it may have been refused.
 */
export function Takes({ id, takes, pictures, texts, post }: TakesProps): VNode {
  const here = takes.filter(canCount);
  const [wish, setWish] = useState<{ readonly of: TakesProps['takes']; readonly take: number }>();
  const wished = wish?.of === takes ? wish.take : undefined;
  const isChosen = ({ take, chosen }: TakeShown): boolean =>
    wished === undefined ? chosen : take === wished;
  useEffect(() => {
    pictures.seeTakes(id, here);
  });
  return (
    <fieldset class="takes">
      <legend class="heading">{texts.get('takes')}</legend>
      <div class="take-list">
        {here.map((take) => {
          const picture = pictures.ofTake(id, take);
          const chosen = isChosen(take);
          return (
            <label key={take.take} class="take" data-chosen={chosen}>
              {picture !== undefined && <img class="take-picture" src={picture} alt="" />}
              <span class="take-name">
                <input
                  type="radio"
                  name={`take-of-${id}`}
                  checked={chosen}
                  onChange={() => {
                    setWish({ of: takes, take: take.take });
                    post({ type: 'chooseTake', id, take: take.take });
                  }}
                />
                {texts.get('take', take.take)}
              </span>
              <TakeWords take={take} />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** How a take stands and how it was made. */
export function TakeWords({ take }: { readonly take: TakeShown }): VNode {
  const face = clipFaces[take.state];
  return (
    <>
      <span class="take-state" data-state={face}>
        <Icon name={stateIcons[face]} />
        {take.words}
      </span>
      {take.facts !== '' && <span class="take-words">{take.facts}</span>}
      {take.instruction !== undefined && (
        <span class="take-words" dir="auto">
          {take.instruction}
        </span>
      )}
    </>
  );
}
