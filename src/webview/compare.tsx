import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { clockTime } from './clock-time.ts';
import { Icon } from './icon.tsx';
import { PairReel } from './pair-reel.ts';
import type { Pictures } from './pictures.ts';
import { PositionSlider } from './position-slider.tsx';
import type { Cell, FromPage, TakeShown } from './protocol.ts';
import { canCount, TakeWords } from './takes.tsx';
import type { Texts } from './text.ts';
import type { Watching } from './watching.ts';

/** Seconds that an arrow key leads on or back. */
const stride = 1;

type Side = 0 | 1;
type Pair = readonly [number, number];

/**
 * Which two takes are compared at first: the one that is asked for, or else the newest, with the one that
 * counts, the earlier one first.
 *
 * @returns nothing where there are no two
 */
function pairOf(takes: readonly TakeShown[], asked?: number): Pair | undefined {
  const here = takes.filter(canCount);
  const one = here.find(({ take }) => take === asked) ?? here.find(({ chosen }) => chosen);
  const others = here.filter((take) => take !== one);
  const two = others.find(({ chosen }) => chosen) ?? others.at(-1);
  if (one === undefined || two === undefined) return undefined;
  return one.take < two.take ? [one.take, two.take] : [two.take, one.take];
}

interface CompareProps {
  readonly cell: Cell;
  readonly takes: readonly TakeShown[];
  readonly aspect: string;
  /** The take that it was asked for at. */
  readonly asked: number | undefined;
  readonly pictures: Pictures;
  readonly watching: Watching;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  readonly onClose: () => void;
}

/**
 * Two takes of a scene side by side, playing in step and silently, until one of them is to be heard. Space
 * plays, the arrows, Home and End seek, M goes from sound to sound, a digit chooses the take with this number.
 */
export function Compare(props: CompareProps): VNode | null {
  const { cell, takes, asked, watching, onClose } = props;
  const [chosen, setPair] = useState<Pair>();
  const here = takes.filter(canCount);
  const isThere = chosen?.every((take) => here.some((one) => one.take === take)) === true;
  const pair = isThere ? chosen : pairOf(takes, asked);
  useEffect(() => {
    watching.set('compare', [cell.id]);
    return () => {
      watching.set('compare', []);
    };
  }, [watching, cell.id]);
  useEffect(() => {
    if (pair === undefined) onClose();
  });
  const [one, two] = (pair ?? []).map((take) => here.find((other) => other.take === take));
  if (one === undefined || two === undefined) return null;
  return <Pairing {...props} takes={here} pair={[one, two]} onPair={setPair} />;
}

interface PairingProps extends CompareProps {
  readonly pair: readonly [TakeShown, TakeShown];
  readonly onPair: (pair: Pair) => void;
}

function Pairing(props: PairingProps): VNode {
  const { cell, takes, pair, aspect, pictures, texts, post, onPair, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [heard, hear] = useState<Side>();
  const { reel, videos } = usePairReel(pair);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    pictures.seeTakes(cell.id, takes);
  });
  const choose = (take: TakeShown | undefined): void => {
    if (take !== undefined) post({ type: 'chooseTake', id: cell.id, take: take.take });
  };
  const at = reel?.at ?? 0;
  const seconds = reel?.seconds ?? 0;
  const acts: Readonly<Record<string, () => void>> = {
    ' ': () => reel?.toggle(),
    ArrowLeft: () => reel?.seek(at - stride),
    ArrowRight: () => reel?.seek(at + stride),
    Home: () => reel?.seek(0),
    End: () => reel?.seek(seconds),
    m: () => {
      hear(heard === undefined ? 0 : heard === 0 ? 1 : undefined);
    },
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target as Element;
    const isItsOwn =
      target.tagName === 'SELECT' || (event.key === ' ' && target.tagName === 'BUTTON');
    const take = takes.find((one) => String(one.take) === event.key);
    const act =
      acts[event.key] ??
      (take &&
        (() => {
          choose(take);
        }));
    if (act === undefined || isItsOwn) return;
    event.preventDefault();
    act();
  };
  const time = `${clockTime(at * 1000)} / ${clockTime(seconds * 1000)}`;
  const playText = texts.get(reel?.playing === true ? 'pausePlaying' : 'play');
  return (
    <dialog
      ref={dialog}
      class="compare"
      aria-labelledby="compare"
      style={{ '--aspect': aspect.replace(':', ' / ') }}
      onKeyDown={onKeyDown}
      onClose={onClose}
    >
      <header class="compare-head">
        <h2 class="scene-title" id="compare">
          <span class="scene-number">{cell.number}</span>
          <span dir="auto">{cell.title}</span>
        </h2>
        <button
          type="button"
          class="icon-button"
          aria-label={texts.get('closeCompare')}
          title={texts.get('closeCompare')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="compare-sides">
        {pair.map((take, index) => {
          const side = index as Side;
          const poster = pictures.ofTake(cell.id, take);
          const other = pair[side === 0 ? 1 : 0].take;
          return (
            <section key={side} class="compare-side" aria-label={texts.get('take', take.take)}>
              <div class="scene-picture">
                <video
                  key={take.clip}
                  ref={videos[side]}
                  class="scene-video"
                  src={take.clip}
                  muted={heard !== side}
                  preload="auto"
                  playsInline
                  tabIndex={-1}
                  {...(poster === undefined ? {} : { poster })}
                  onClick={() => reel?.toggle()}
                />
                {reel?.isBroken(side) === true && (
                  <p class="scene-broken">{texts.get('notPlayable')}</p>
                )}
              </div>
              <div class="compare-line">
                {takes.length === 2 ? (
                  <b>{texts.get('take', take.take)}</b>
                ) : (
                  <select
                    class="select"
                    aria-label={texts.get('comparedTake')}
                    value={take.take}
                    onChange={({ currentTarget }) => {
                      const now = Number(currentTarget.value);
                      onPair(side === 0 ? [now, other] : [other, now]);
                    }}
                  >
                    {takes
                      .filter((one) => one.take !== other)
                      .map((one) => (
                        <option key={one.take} value={one.take}>
                          {texts.get('take', one.take)}
                        </option>
                      ))}
                  </select>
                )}
                <button
                  type="button"
                  class="icon-button"
                  aria-label={texts.get('hearTake', take.take)}
                  aria-pressed={heard === side}
                  title={texts.get('hearTake', take.take)}
                  onClick={() => {
                    hear(heard === side ? undefined : side);
                  }}
                >
                  <Icon name={heard === side ? 'unmute' : 'mute'} />
                </button>
                {take.chosen ? (
                  <span class="compare-chosen">
                    <Icon name="check" />
                    {texts.get('chosenTake')}
                  </span>
                ) : (
                  <Button
                    icon="check"
                    onClick={() => {
                      choose(take);
                    }}
                  >
                    {texts.get('useTake', take.take)}
                  </Button>
                )}
              </div>
              <p class="compare-words">
                <TakeWords take={take} />
              </p>
            </section>
          );
        })}
      </div>
      <div class="compare-controls">
        <button
          type="button"
          class="icon-button"
          autofocus
          aria-label={playText}
          title={playText}
          onClick={() => reel?.toggle()}
        >
          <Icon name={reel?.playing === true ? 'debug-pause' : 'play'} />
        </button>
        <PositionSlider
          {...{ seconds, at, texts }}
          valueText={texts.get('positionOf', clockTime(at * 1000), clockTime(seconds * 1000))}
          onSeek={(second) => reel?.seek(second)}
        />
        <span class="player-time">{time}</span>
      </div>
    </dialog>
  );
}

/** A reel of the two clips; with another one of them it goes on where it was. */
function usePairReel(pair: readonly [TakeShown, TakeShown]) {
  const videos = [useRef<HTMLVideoElement>(null), useRef<HTMLVideoElement>(null)] as const;
  const reel = useRef<PairReel | undefined>(undefined);
  const [, draw] = useState({});
  const [one, two] = pair;
  useLayoutEffect(() => {
    const [left, right] = [videos[0].current, videos[1].current];
    if (left === null || right === null) return undefined;
    const before = reel.current;
    const made = new PairReel(
      [left, right],
      () => {
        draw({});
      },
      before?.at ?? 0,
    );
    reel.current = made;
    draw({});
    return () => {
      made.dispose();
    };
  }, [one.clip, two.clip]);
  return { reel: reel.current, videos };
}
