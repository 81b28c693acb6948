import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import type { LinkArgument } from '../commands/register-commands.ts';
import { jobWords } from '../job-list/job-words.ts';
import { formatMoney, formatSeconds } from '../ui/format.ts';
import type { CardAction, CardState, SceneCard } from './scene-card.ts';

/** How a scene stands, in a few words; where its job is told, with how far that is. */
export function stateWords({
  state,
  job,
  seconds: besideSeconds,
}: Pick<SceneCard, 'state' | 'job'> & Partial<Pick<SceneCard, 'seconds'>>): string {
  switch (state) {
    case 'unwritten':
      return t('planned');
    case 'none':
      return t('no clip yet');
    case 'running':
      return job === undefined ? t('rendering') : jobWords(job, { stale: false, besideSeconds });
    case 'failed':
      return t('render failed');
    case 'current':
      return t('clip ready');
    case 'stale':
      return t('clip is stale');
  }
}

/** The name of a state's icon among those of VS Code. */
export const stateIcons: Readonly<Record<CardState, string>> = {
  unwritten: 'circle-large-outline',
  none: 'file-text',
  running: 'loading~spin',
  failed: 'warning',
  current: 'pass-filled',
  stale: 'history',
};

/** What else there is to say of a scene: `8 s · 2 takes · $3.20`. */
export function factWords({ seconds, takes, price, priceToCome }: SceneCard): string {
  return factLine([
    formatSeconds(seconds),
    takes > 1 ? t('{0} takes', takes) : undefined,
    price && formatMoney(price),
    priceToCome && t('next clip {0}', formatMoney(priceToCome)),
  ]);
}

/** What went wrong, or stands against it; words of a service may be in it. */
export function troubleWords({ state, job }: SceneCard): string | undefined {
  return state === 'failed' ? job?.error : undefined;
}

/** A command of ours as a link or a button has it. */
export interface CardCommand {
  readonly label: string;
  readonly command: string;
  readonly argument: object;
}

/** The commands that a card may run, and no others. */
export const cardCommands = [
  'scenewright.openClip',
  'scenewright.writeScenes',
  'scenewright.renderScenes',
  'scenewright.chooseTake',
  'scenewright.jobs.focus',
] as const;

/**
 * What can be clicked on a scene's card: its clip first, then its next action.
 *
 * @param uri of the script
 */
export function commandsOf(card: SceneCard, uri: string): readonly CardCommand[] {
  const { clip, next, number } = card;
  const link: LinkArgument = { isLink: true };
  const scene = { uri, scene: number, ...link };
  const play = { label: t('Play'), command: 'scenewright.openClip', argument: scene };
  return [
    ...(clip === undefined ? [] : [play]),
    ...(next === undefined ? [] : [nextCommand(next, card, uri)]),
  ];
}

function nextCommand(
  next: CardAction,
  { number, state, current }: SceneCard,
  uri: string,
): CardCommand {
  const link: LinkArgument = { isLink: true };
  const render = {
    command: 'scenewright.renderScenes',
    argument: { uri, scenes: [number], ...link },
  };
  const show = { command: 'scenewright.jobs.focus', argument: link };
  switch (next) {
    case 'choose':
      return {
        label: current === undefined ? t('Choose Take…') : t('Use take {0}', current),
        command: 'scenewright.chooseTake',
        argument: {
          uri,
          scene: number,
          ...(current === undefined ? {} : { take: current }),
          ...link,
        },
      };
    case 'write':
      return {
        label: t('Write Scenes'),
        command: 'scenewright.writeScenes',
        argument: { uri, ...link },
      };
    case 'render':
      return { label: state === 'none' ? t('Render') : t('Render again'), ...render };
    case 'fetch':
      return { label: t('Fetch the clip'), ...render };
    case 'follow':
    case 'decide':
      return { label: t('Show the job'), ...show };
  }
}
