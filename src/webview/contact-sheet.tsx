import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { clipFaces, faceOf, type Face } from './cell-face.ts';
import { useCurrentInSight } from './cell-list.ts';
import { Icon, stateIcons } from './icon.tsx';
import { nextIndex } from './keyboard.ts';
import { usePlayUnderPointer } from './play-under-pointer.ts';
import type { Pictures } from './pictures.ts';
import type { Cell, FilmView, FromPage, SceneShown, StillShown, TakeShown } from './protocol.ts';
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

/** What can be chosen of a scene. */
type Choice =
  | { readonly still: StillShown; readonly take?: never }
  | { readonly take: TakeShown; readonly still?: never };

/** Stills before takes, as they are made. */
function choicesOf(scene: SceneShown | undefined): readonly Choice[] {
  return [
    ...(scene?.stills ?? []).map((still) => ({ still })),
    ...(scene?.takes ?? []).map((take) => ({ take })),
  ];
}

/** Whether it is here, so that it can be chosen. */
function isHere({ still, take }: Choice): boolean {
  return take === undefined ? still.coming !== true : canCount(take);
}

/**
 * All stills and takes of all scenes, to approve. One stop for the Tab key; arrows, Home and End walk along them,
 * Enter, Space or a click chooses the one, a digit the take of its scene with this number, C compares it with
 * another one. R draws the still of its scene anew, Delete takes it out of the script. The clip plays where the
 * pointer rests.
 */
export function ContactSheet(props: ContactSheetProps): VNode {
  const { view, scenes, pictures, watching, texts, post, onCompare } = props;
  const { cells, current } = view;
  const list = useRef<HTMLUListElement>(null);
  const seen = useRef<readonly Cell[]>([]);
  const [stop, setStop] = useState<string>();
  useCurrentInSight(list, cells, current);
  const seePictures = (): void => {
    for (const { id } of seen.current) {
      pictures.seeTakes(id, scenes.get(id)?.takes ?? []);
      pictures.seeStills(id, scenes.get(id)?.stills ?? []);
    }
  };
  useWatchSeen(list, cells, watching, (now) => {
    seen.current = now;
    seePictures();
  });
  useEffect(seePictures, [scenes]);
  const underPointer = usePlayUnderPointer();

  /** What the event is about: a still or a take and its cell. */
  const choiceAt = (
    event: Event,
  ): { readonly id: string; readonly choice?: Choice } | undefined => {
    const button = (event.target as Element).closest<HTMLElement>('[data-take]');
    const { id, take } = button?.dataset ?? {};
    if (id === undefined) return undefined;
    const found = choicesOf(scenes.get(id))[Number(take)];
    return found === undefined ? { id } : { id, choice: found };
  };
  const reveal = useCallback(
    (id: string): void => {
      post({ type: 'reveal', id });
    },
    [post],
  );
  const choose = (id: string, choice: Choice | undefined): void => {
    if (choice === undefined || !isHere(choice)) return;
    const { still, take } = choice;
    if (take !== undefined) post({ type: 'chooseTake', id, take: take.take });
    else if (!still.chosen) post({ type: 'chooseStill', id, still: still.key });
  };
  const actOn = useCallback(
    (type: StillAct, id: string): void => {
      post({ type, id });
    },
    [post],
  );
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = choiceAt(event);
    if (at === undefined) return;
    const { id, choice } = at;
    const cell = cells.find((one) => one.id === id);
    const acts = cell === undefined ? [] : stillActs(cell);
    if (event.key === 'c') onCompare(id, choice?.take?.take);
    else if (event.key === 'r') {
      const draws = acts.find((act) => act !== 'dropStill');
      if (draws !== undefined) post({ type: draws, id });
    } else if (event.key === 'Delete') {
      if (acts.includes('dropStill')) post({ type: 'dropStill', id });
    } else if (/^[1-9]$/.test(event.key)) {
      choose(
        id,
        choicesOf(scenes.get(id)).find(({ take }) => String(take?.take) === event.key),
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
        const at = choiceAt(event);
        if (at !== undefined) choose(at.id, at.choice);
      }}
      onFocusIn={(event) => {
        const { id, take } =
          (event.target as Element).closest<HTMLElement>('[data-take]')?.dataset ?? {};
        if (id === undefined) return;
        setStop(keyOf(id, Number(take)));
        if (id !== current) post({ type: 'look', id });
      }}
      onMouseOver={(event) => {
        underPointer.point(choiceAt(event)?.choice?.take?.clip);
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
          onStill={actOn}
        />
      ))}
    </ul>
  );
}

function keyOf(id: string, index: number | ''): string {
  return `${id} ${index}`;
}

/** What can be done about the first frame of a scene. */
type StillAct = 'drawStill' | 'redrawStill' | 'dropStill';

/** What can be done about it now. */
function stillActs({ state, still, redrawing }: Cell): readonly StillAct[] {
  if (state !== 'written' || still === 'drawing') return [];
  if (still === undefined) return ['drawStill'];
  return redrawing === true ? ['dropStill'] : ['redrawStill', 'dropStill'];
}

const stillFaces = {
  drawStill: { icon: 'paintcan', text: 'drawStill', label: 'drawStillOf' },
  redrawStill: { icon: 'paintcan', text: 'redrawStill', label: 'redrawStillOf' },
  dropStill: { icon: 'discard', text: 'dropStill', label: 'dropStillOf' },
} as const;

/** Says by another value that other pictures of a cell's stills and takes are here. */
function drawnOf(
  { id }: Cell,
  scenes: ReadonlyMap<string, SceneShown>,
  pictures: Pictures,
): string {
  return choicesOf(scenes.get(id))
    .map((choice) => pictureOf(id, choice, pictures) ?? '')
    .join(' ');
}

function pictureOf(id: string, { still, take }: Choice, pictures: Pictures): string | undefined {
  return take === undefined ? pictures.ofStill(id, still) : pictures.ofTake(id, take);
}

/** Go to the still or take that a key leads to. @returns whether it leads anywhere */
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
  readonly onStill: (act: StillAct, id: string) => void;
}

/** The stills and takes of one scene; frames without words until the extension has told of them. */
class SheetScene extends PureComponent<SheetSceneProps> {
  override render(): VNode {
    const { cell, scene, current, stop, playing, pictures, texts, onCompare, onTitle, onStill } =
      this.props;
    const { id, number, title } = cell;
    const face = faceOf(cell);
    const takes = scene?.takes ?? [];
    const choices = choicesOf(scene);
    const known = scene === undefined ? (cell.takes ?? 0) : choices.length;
    const frames = Math.max(1, known);
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
          {stillActs(cell).map((act) => (
            <button
              key={act}
              type="button"
              class="icon-button"
              tabIndex={-1}
              aria-label={texts.get(stillFaces[act].label, number)}
              title={texts.get(stillFaces[act].text)}
              onClick={() => {
                onStill(act, id);
              }}
            >
              <Icon name={stillFaces[act].icon} />
            </button>
          ))}
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
        <ul
          class="sheet-takes"
          role="list"
          aria-label={texts.get(
            scene?.stills === undefined ? 'takesOf' : 'stillsAndTakesOf',
            number,
          )}
        >
          {Array.from({ length: frames }, (_, index) => {
            const choice = choices[index];
            const { take } = choice ?? {};
            const picture = choice && pictureOf(id, choice, pictures);
            const isOn = take?.clip !== undefined && take.clip === playing;
            const isChosen = (take ?? choice?.still)?.chosen === true;
            return (
              <li key={index}>
                <button
                  type="button"
                  class="sheet-take"
                  data-id={id}
                  data-take={index}
                  tabIndex={stop === keyOf(id, index) ? 0 : -1}
                  {...(choice !== undefined && isHere(choice)
                    ? { 'aria-pressed': isChosen }
                    : { 'aria-disabled': true })}
                >
                  <span class="board-picture">
                    {picture !== undefined && <img src={picture} alt="" decoding="async" />}
                    {isOn && <video src={take.clip} autoPlay muted loop playsInline />}
                    {picture === undefined && !isOn && (
                      <Icon name={stateIcons[choice === undefined ? face : faceOfChoice(choice)]} />
                    )}
                  </span>
                  <span class="take-name">
                    {choice === undefined
                      ? cell.takes === undefined && cell.still === undefined
                        ? texts.get('noTake')
                        : '…'
                      : take === undefined
                        ? texts.get('still')
                        : texts.get('take', take.take)}
                    {isChosen && <Icon name="check" />}
                  </span>
                  {choice === undefined ? (
                    <span class="take-state" data-state={face}>
                      <Icon name={stateIcons[face]} />
                      {texts.get(face)}
                    </span>
                  ) : choice.take === undefined ? (
                    <StillWords still={choice.still} />
                  ) : (
                    <TakeWords take={choice.take} />
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

function faceOfChoice({ still, take }: Choice): Face {
  if (take !== undefined) return clipFaces[take.state];
  return still.coming === true ? 'drawing' : 'drawn';
}

/** How a still stands and what it was asked for. */
function StillWords({ still }: { readonly still: StillShown }): VNode {
  const { coming, chosen, words, instruction } = still;
  const face = coming === true ? 'drawing' : 'drawn';
  return (
    <>
      <span class="take-state" data-state={chosen || coming === true ? face : 'planned'}>
        <Icon name={stateIcons[face]} />
        {words}
      </span>
      {instruction !== undefined && (
        <span class="take-words" dir="auto">
          {instruction}
        </span>
      )}
    </>
  );
}
