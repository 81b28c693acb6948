import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { faceOf } from './cell-face.ts';
import { Button } from './button.tsx';
import { Icon, stateIcons } from './icon.tsx';
import { firstFrameOf, type Pictures } from './pictures.ts';
import type { Cell, FromPage, SceneAct, SceneShown } from './protocol.ts';
import { SceneWords } from './scene-words.tsx';
import { canCount, Takes } from './takes.tsx';
import type { Texts } from './text.ts';

interface ScenePanelProps {
  readonly cell: Cell;
  /** Absent until the extension has told of it. */
  readonly scene: SceneShown | undefined;
  readonly aspect: string;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly pictures: Pictures;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  /** Play the film from this scene on. */
  readonly onPlay: () => void;
  /** Compare two takes of a cell. */
  readonly onCompare: (id: string) => void;
}

/** The scene under the cursor: its picture, how it stands, what to do next, and what it says. */
export function ScenePanel(props: ScenePanelProps): VNode {
  const { cell, scene, aspect, video, pictures, texts, post, onPlay, onCompare } = props;
  const face = faceOf(cell);
  const takes = scene?.takes ?? [];
  const hasChoice = takes.filter(canCount).length > 1;
  return (
    <section class="scene" aria-labelledby="scene">
      <div class="scene-picture" style={{ '--aspect': aspect.replace(':', ' / ') }}>
        <Picture key={cell.id} {...{ scene, video, texts }} />
      </div>
      <div class="scene-body">
        <h2 class="scene-title" id="scene">
          <span class="scene-number" aria-label={texts.get('scene', cell.number)}>
            {cell.number}
          </span>
          <span dir="auto">{cell.title}</span>
        </h2>
        <p class="scene-facts">
          <span class="scene-state" data-state={face}>
            <Icon name={stateIcons[face]} />
            {texts.get(face)}
          </span>
          <span>{texts.sec(cell.seconds)}</span>
          {scene?.render !== undefined && <span>{scene.render}</span>}
          {scene !== undefined && scene.where !== '' && <span dir="auto">{scene.where}</span>}
        </p>
        {[...(scene?.why ?? []), ...(cell.flags ?? [])].map((reason) => (
          <p key={reason} class="scene-why">
            {reason}
          </p>
        ))}
        <div class="buttons scene-buttons">
          <Next {...{ cell, scene, texts, post }} />
          {scene !== undefined && <StillButton {...{ cell, scene, texts, post }} />}
          {cell.playable === true && (
            <Button
              icon="play"
              onClick={() => {
                post({ type: 'open', id: cell.id });
              }}
            >
              {texts.get('openClip')}
            </Button>
          )}
          {cell.playable === true && scene !== undefined && scene.next === undefined && (
            <Button
              icon="add"
              onClick={() => {
                post({ type: 'anotherTake', id: cell.id });
              }}
            >
              {texts.get('anotherTake')}
            </Button>
          )}
          {hasChoice && (
            <Button
              icon="split-horizontal"
              onClick={() => {
                onCompare(cell.id);
              }}
            >
              {texts.get('compareTakes')}
            </Button>
          )}
          <Button icon="play-circle" onClick={onPlay}>
            {texts.get('playFromHere')}
          </Button>
          <Button
            icon="go-to-file"
            onClick={() => {
              post({ type: 'goTo', id: cell.id });
            }}
          >
            {texts.get('goToScene')}
          </Button>
        </div>
        {hasChoice && <Takes id={cell.id} {...{ takes, pictures, texts, post }} />}
        {scene && <SceneWords scene={scene} texts={texts} />}
        {scene && <OrderPictures {...{ cell, scene, texts }} />}
      </div>
    </section>
  );
}

/** What one button does for a scene; what is not written yet is written with the whole script. */
type ButtonAct = Exclude<SceneAct, 'write'>;

const nextTexts = {
  drawStill: 'drawStill',
  render: 'renderScene',
  renderAgain: 'renderAgain',
  retryRender: 'retryRender',
  useTake: 'useTake',
} as const satisfies Record<ButtonAct, string>;

const nextIcons: Readonly<Record<ButtonAct, string>> = {
  drawStill: 'paintcan',
  render: 'device-camera-video',
  renderAgain: 'refresh',
  retryRender: 'refresh',
  useTake: 'check',
};

/** The one thing to do next for a scene. */
function Next({
  cell,
  scene,
  texts,
  post,
}: Pick<ScenePanelProps, 'cell' | 'scene' | 'texts' | 'post'>): VNode | null {
  const next = scene?.next;
  if (next === undefined || next === 'write') return null;
  return (
    <Button
      icon={nextIcons[next]}
      primary
      onClick={() => {
        if (next === 'retryRender' && scene?.job !== undefined) {
          post({ type: 'job', job: scene.job, act: 'retry' });
        } else if (next === 'useTake' && scene?.fittingTake !== undefined) {
          post({ type: 'chooseTake', id: cell.id, take: scene.fittingTake });
        } else post({ type: next === 'drawStill' ? next : 'renderScene', id: cell.id });
      }}
    >
      {texts.get(nextTexts[next], scene?.fittingTake ?? '')}
    </Button>
  );
}

/** Draws a first frame, or another one; where that is the next thing to do it has its button already. */
function StillButton({
  cell,
  scene,
  texts,
  post,
}: Pick<ScenePanelProps, 'cell' | 'texts' | 'post'> & {
  readonly scene: SceneShown;
}): VNode | null {
  const { id, state, still, redrawing, clip } = cell;
  const isOpen = clip === undefined || clip === 'failed';
  if (state !== 'written' || scene.next === 'drawStill') return null;
  if (still === 'drawing' || redrawing === true) return null;
  if (still === undefined && !isOpen) return null;
  const type = still === undefined ? 'drawStill' : 'redrawStill';
  return (
    <Button
      icon="paintcan"
      onClick={() => {
        post({ type, id });
      }}
    >
      {texts.get(type)}
    </Button>
  );
}

/** What goes along with the order of a scene, and is not shown above already. */
function OrderPictures({
  cell,
  scene,
  texts,
}: Pick<ScenePanelProps, 'cell' | 'texts'> & { readonly scene: SceneShown }): VNode | null {
  const isAbove = cell.playable !== true && scene.poster === undefined;
  const shown = (scene.pictures ?? []).filter(({ role }) => role !== 'firstFrame' || !isAbove);
  if (shown.length === 0) return null;
  return (
    <ul class="order-pictures" role="list">
      {shown.map(({ role, name = '', address }) => {
        const words = role === 'reference' ? name : texts.get(role);
        return (
          <li key={`${role} ${name} ${address}`}>
            <figure class="order-picture">
              <img src={address} alt="" loading="lazy" decoding="async" />
              <figcaption dir="auto">{words}</figcaption>
            </figure>
          </li>
        );
      })}
    </ul>
  );
}

function Picture({
  scene,
  video,
  texts,
}: Pick<ScenePanelProps, 'scene' | 'video' | 'texts'>): VNode {
  const [broken, setBroken] = useState<string>();
  const { clip, poster: ofClip } = scene ?? {};
  const poster = ofClip ?? (clip === undefined ? firstFrameOf(scene) : undefined);
  if (clip !== undefined && clip !== broken) {
    return (
      <video
        key={clip}
        ref={video}
        class="scene-video"
        src={clip}
        controls
        playsInline
        preload={poster === undefined ? 'metadata' : 'none'}
        {...(poster === undefined ? {} : { poster })}
        onError={() => {
          setBroken(clip);
        }}
      />
    );
  }
  return (
    <>
      {poster === undefined ? (
        <p class="scene-nothing">
          <Icon name="device-camera-video" />
          {scene !== undefined && texts.get('noPicture')}
        </p>
      ) : (
        <img class="scene-poster" src={poster} alt="" />
      )}
      {broken !== undefined && broken === clip && (
        <p class="scene-broken">{texts.get('notPlayable')}</p>
      )}
    </>
  );
}
