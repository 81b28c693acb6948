import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { inARow, listed } from '../../base/lists.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { isRetriable } from '../../jobs/job-state.ts';
import { cueLines, subtitlesOf } from '../../media/subtitles.ts';
import { named } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { pictureText } from '../../script/picture-text.ts';
import type { PicturePath, Scene } from '../../script/script-model.ts';
import { wantedPictures } from '../../script/wanted-pictures.ts';
import type {
  ClipState,
  CueShown,
  PictureShown,
  SceneAct,
  SceneShown,
  StillShown,
  TakeShown,
} from '../../webview/protocol.ts';
import type { Beginning } from '../render/beginning.ts';
import { staleReasons } from '../jobs/stale-reasons.ts';
import type { StoryCell } from '../script/story-cells.ts';

/** What is known of a scene's render. */
export interface SceneRender {
  readonly clip?: ClipState;
  readonly job?: JobRecord;
  /** How the job stands. */
  readonly words?: string;
  /** The clip is only a sketch now that a studio is chosen. */
  readonly isSketch?: boolean;
  /** Addresses for the page. */
  readonly posterAddress?: string;
  readonly clipAddress?: string;
  /** How long the clip really lasts, where that is known. */
  readonly clipSeconds?: number;
  readonly takes?: readonly TakeShown[];
  readonly stills?: readonly StillShown[];
  /** Address of a picture of the script for the page; nothing where there is none that can be shown. */
  readonly addressOf?: (picture: PicturePath) => string | undefined;
  /** What its clip would begin with; absent where nobody asks for first frames. */
  readonly beginning?: Beginning;
  /** It is not rendered without a first frame. */
  readonly isHeld?: boolean;
  /** Another take, which shows the scene as it is now. */
  readonly fittingTake?: number;
}

/** All that there is to show of a scene. */
export function sceneShown(
  script: ParsedScript,
  { key, beat, node }: StoryCell,
  render: SceneRender,
): SceneShown {
  const { bible, brief } = script;
  const scene = node?.scene;
  const { place = '', time = '', cast = [] } = scene ?? beat ?? {};
  const { posterAddress, clipAddress, words } = render;
  const text = (value: string | undefined): string | undefined =>
    value === '' ? undefined : value;
  return defined({
    id: key,
    where: inARow([place, time]),
    summary: node?.written === true ? undefined : text(beat?.summary),
    action: text(scene?.action),
    dialogue: scene === undefined || scene.dialogue.length === 0 ? undefined : scene.dialogue,
    narration: text(scene?.narration),
    sound: text(scene?.sound),
    prompt:
      scene === undefined || scene.prompt === ''
        ? undefined
        : pictureText(scene, bible, brief.style),
    cast: cast.map((name) => {
      const { look = '', pictures: [picture] = [] } = named(bible.characters, name) ?? {};
      return { name, look, ...defined({ picture: picture && render.addressOf?.(picture) }) };
    }),
    pictures: scene && picturesShown(scene, script, render),
    stills: render.stills?.length === 0 ? undefined : render.stills,
    poster: posterAddress,
    clip: clipAddress,
    cues: scene && cuesShown(scene, render.clipSeconds ?? scene.seconds, brief.language),
    takes: render.takes,
    fittingTake: render.fittingTake,
    render: words,
    why: whyStale(script, node, render),
    next: nextAct(node?.written === true ? node.scene : undefined, render),
    job: render.job?.id,
  });
}

/** What goes along with the order of a scene, but for the pictures of its cast, which stand with their names. */
function picturesShown(
  scene: Scene,
  { bible }: ParsedScript,
  { addressOf }: SceneRender,
): readonly PictureShown[] | undefined {
  const ofCast = new Set(
    scene.cast.flatMap((name) => named(bible.characters, name)?.pictures?.[0] ?? []),
  );
  const pictures = wantedPictures(scene, bible).flatMap(({ role, file, name }): PictureShown[] => {
    const address = role === 'reference' && ofCast.has(file) ? undefined : addressOf?.(file);
    return address === undefined ? [] : [{ role, address, ...defined({ name }) }];
  });
  return pictures.length === 0 ? undefined : pictures;
}

function cuesShown(
  scene: Scene,
  seconds: number,
  language: string,
): readonly CueShown[] | undefined {
  const cues = subtitlesOf([scene], [seconds], language);
  if (cues.length === 0) return undefined;
  return cues.map(({ startMs, endMs, parts }) => ({ startMs, endMs, lines: cueLines(parts) }));
}

function whyStale(
  script: ParsedScript,
  node: StoryCell['node'],
  { clip, job, isSketch }: SceneRender,
): readonly string[] | undefined {
  if (clip !== 'stale' || node === undefined || job === undefined) return undefined;
  const changed = isSketch === true ? [] : staleReasons(script, node.scene, job);
  return [
    ...(changed.length === 0 ? [] : [t('Changed since it was rendered: {0}.', listed(changed))]),
    ...(isSketch === true
      ? [t('It is a sketch; the studio that is chosen now has not made it.')]
      : []),
  ];
}

function nextAct(
  written: Scene | undefined,
  { clip, job, fittingTake, beginning, isHeld }: SceneRender,
): SceneAct | undefined {
  if (written === undefined) return 'write';
  if (clip === 'running' || clip === 'current') return undefined;
  if (clip === 'stale' && fittingTake !== undefined) return 'useTake';
  if (clip === 'failed' && job !== undefined && isRetriable(job)) return 'retryRender';
  if (clip === undefined || isHeld === true) {
    if (beginning === 'coming') return undefined;
    if (beginning === 'nothing') return 'drawStill';
  }
  return clip === 'stale' ? 'renderAgain' : 'render';
}
