import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { clipFaces, faceOf } from './cell-face.ts';
import { useCurrentInSight } from './cell-list.ts';
import { Icon, stateIcons } from './icon.tsx';
import { nextIndex } from './keyboard.ts';
import { usePlayUnderPointer } from './play-under-pointer.ts';
import type { Pictures } from './pictures.ts';
import type { Cell, FilmView, FromPage, SceneShown, TakeShown } from './protocol.ts';
import { PureComponent } from './pure.ts';
import { useWatchSeen } from './sight.ts';
import { canCount, TakeWords } from './takes.tsx';
import type { Texts } from './text.ts';
import type { Watching } from './watching.ts';

interface ContactSheetProps {
  readonly view: FilmView;
  readonly scenes: ReadonlyMap<string, SceneShown>;
  readonly pictures: Pictures;
  readonly watching: Watching;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  /** Compare this take of a cell with another one, or two takes of it. */
  readonly onCompare: (id: string, take?: number) => void;
}

/**
 * All takes of all scenes, to approve. One stop for the Tab key; arrows, Home and End walk along the takes,
 * Enter, Space or a click chooses the one, a digit that of its scene with this number, C compares it with
 * another one. The clip plays where the pointer rests.
 */
export function ContactSheet(props: ContactSheetProps): VNode {
  const { view, scenes, pictures, watching, texts, post, onCompare } = props;
  const { cells, current } = view;
  const list = useRef<HTMLUListElement>(null);
  const seen = useRef<readonly Cell[]>([]);
  const [stop, setStop] = useState<string>();
  useCurrentInSight(list, cells, current);
  const seePictures = (): void => {
    for (const { id } of seen.current) pictures.seeTakes(id, scenes.get(id)?.takes ?? []);
  };
  useWatchSeen(list, cells, watching, (now) => {
    seen.current = now;
    seePictures();
  });
  useEffect(seePictures, [scenes]);
  const underPointer = usePlayUnderPointer();

  /** What the event is about: a take and its cell. */
  const takeAt = (event: Event): { readonly id: string; readonly take?: TakeShown } | undefined => {
    const button = (event.target as Element).closest<HTMLElement>('[data-take]');
    const { id, take } = button?.dataset ?? {};
    if (id === undefined) return undefined;
    const found = scenes.get(id)?.takes?.[Number(take)];
    return found === undefined ? { id } : { id, take: found };
  };
  const reveal = useCallback(
    (id: string): void => {
      post({ type: 'reveal', id });
    },
    [post],
  );
  const choose = (id: string, take: TakeShown | undefined): void => {
    if (take !== undefined && canCount(take)) post({ type: 'chooseTake', id, take: take.take });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = takeAt(event);
    if (at === undefined) return;
    const takes = scenes.get(at.id)?.takes ?? [];
    if (event.key === 'c') onCompare(at.id, at.take?.take);
    else if (/^[1-9]$/.test(event.key)) {
      choose(
        at.id,
        takes.find(({ take }) => String(take) === event.key),
      );
    } else if (!walk(event)) return;
    event.preventDefault();
  };
  const first = cells.find(({ id }) => id === current) ?? cells[0];
  const stopId = stop ?? (first && keyOf(first.id, 0));
  return (
    <ul
      ref={list}
      class="sheet"
      role="list"
      aria-label={texts.get('modeContactSheet')}
      style={{ '--aspect': (view.aspect ?? '16:9').replace(':', ' / ') }}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const at = takeAt(event);
        if (at !== undefined) choose(at.id, at.take);
      }}
      onFocusIn={(event) => {
        const { id, take } =
          (event.target as Element).closest<HTMLElement>('[data-take]')?.dataset ?? {};
        if (id === undefined) return;
        setStop(keyOf(id, Number(take)));
        if (id !== current) post({ type: 'look', id });
      }}
      onMouseOver={(event) => {
        const at = takeAt(event);
        const clip = at?.take?.clip;
        underPointer.point(clip);
      }}
      onMouseLeave={() => {
        underPointer.point(undefined);
      }}
    >
      {cells.map((cell) => (
        <SheetScene
          key={cell.id}
          cell={cell}
          scene={scenes.get(cell.id)}
          current={cell.id === current}
          stop={stopId?.startsWith(keyOf(cell.id, '')) === true ? stopId : undefined}
          drawn={drawnOf(cell, scenes, pictures)}
          playing={
            scenes.get(cell.id)?.takes?.some(({ clip }) => clip === underPointer.playing) === true
              ? underPointer.playing
              : undefined
          }
          pictures={pictures}
          texts={texts}
          onCompare={onCompare}
          onTitle={reveal}
        />
      ))}
    </ul>
  );
}

function keyOf(id: string, index: number | ''): string {
  return `${id} ${index}`;
}

/** Says by another value that other pictures of a cell's takes are here. */
function drawnOf(
  { id }: Cell,
  scenes: ReadonlyMap<string, SceneShown>,
  pictures: Pictures,
): string {
  return (scenes.get(id)?.takes ?? []).map((take) => pictures.ofTake(id, take) ?? '').join(' ');
}

/** Go to the take that a key leads to. @returns whether it leads anywhere */
function walk(event: TargetedKeyboardEvent<HTMLElement>): boolean {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-take]')];
  const from = buttons.findIndex((button) => button.contains(event.target as Element));
  // They are in lists of their own, so what counts is where they are on the page.
  const placed = buttons.map((button) => {
    const { left, top, width } = button.getBoundingClientRect();
    return { offsetLeft: left, offsetTop: top, offsetWidth: width };
  });
  const next = nextIndex(event.key, from, placed);
  if (next === undefined) return false;
  buttons[next]?.focus();
  return true;
}

interface SheetSceneProps {
  readonly cell: Cell;
  readonly scene: SceneShown | undefined;
  readonly current: boolean;
  /** The take that Tab reaches, where it is one of this scene. */
  readonly stop: string | undefined;
  /** Another one when other pictures are here. */
  readonly drawn: string;
  /** The clip that plays, where it is one of this scene. */
  readonly playing: string | undefined;
  readonly pictures: Pictures;
  readonly texts: Texts;
  readonly onCompare: (id: string) => void;
  /** Its title was clicked. */
  readonly onTitle: (id: string) => void;
}

/** The takes of one scene; frames without words until the extension has told of them. */
class SheetScene extends PureComponent<SheetSceneProps> {
  override render(): VNode {
    const { cell, scene, current, stop, playing, pictures, texts, onCompare, onTitle } = this.props;
    const { id, number, title } = cell;
    const face = faceOf(cell);
    const takes = scene?.takes ?? [];
    const frames = Math.max(1, scene === undefined ? (cell.takes ?? 0) : takes.length);
    return (
      <li
        class="sheet-scene"
        style={{ '--takes': String(frames) }}
        aria-current={current ? 'true' : undefined}
      >
        <div class="sheet-head">
          <span class="scene-number">{number}</span>
          <button
            type="button"
            class="link sheet-title"
            tabIndex={-1}
            dir="auto"
            title={title}
            onClick={() => {
              onTitle(id);
            }}
          >
            {title}
          </button>
          {takes.filter(canCount).length > 1 && (
            <button
              type="button"
              class="icon-button"
              tabIndex={-1}
              aria-label={texts.get('compareTakesOf', number)}
              title={texts.get('compareTakes')}
              onClick={() => {
                onCompare(id);
              }}
            >
              <Icon name="split-horizontal" />
            </button>
          )}
        </div>
        <ul class="sheet-takes" role="list" aria-label={texts.get('takesOf', number)}>
          {Array.from({ length: frames }, (_, index) => {
            const take = takes[index];
            const picture = take && pictures.ofTake(id, take);
            const isOn = take?.clip !== undefined && take.clip === playing;
            return (
              <li key={index}>
                <button
                  type="button"
                  class="sheet-take"
                  data-id={id}
                  data-take={index}
                  tabIndex={stop === keyOf(id, index) ? 0 : -1}
                  {...(take !== undefined && canCount(take)
                    ? { 'aria-pressed': take.chosen }
                    : { 'aria-disabled': true })}
                >
                  <span class="board-picture">
                    {picture !== undefined && <img src={picture} alt="" decoding="async" />}
                    {isOn && <video src={take.clip} autoPlay muted loop playsInline />}
                    {picture === undefined && !isOn && (
                      <Icon name={stateIcons[take === undefined ? face : clipFaces[take.state]]} />
                    )}
                  </span>
                  <span class="take-name">
                    {take !== undefined && texts.get('take', take.take)}
                    {take === undefined && (cell.takes === undefined ? texts.get('noTake') : '…')}
                    {take?.chosen === true && <Icon name="check" />}
                  </span>
                  {take === undefined ? (
                    <span class="take-state" data-state={face}>
                      <Icon name={stateIcons[face]} />
                      {texts.get(face)}
                    </span>
                  ) : (
                    <TakeWords take={take} />
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      </li>
    );
  }
}
