import { t } from '../../base/l10n.ts';
import { isKeyless } from '../../studios/drawing/online-drawing.ts';
import {
  drawingDefinition,
  drawingProviders,
  isDrawingProvider,
  type DrawingProvider,
} from '../../studios/drawing/registry.ts';
import {
  isOnline,
  onlineProviders,
  onlineStudio,
  type OnlineProvider,
} from '../../studios/registry.ts';
import type { Offering } from '../../studios/offers.ts';
import { settings, type Setting } from '../settings.ts';
import type { ServiceProvider } from './account-services.ts';

/** What is to be known of a studio to choose it. */
interface ChoosableStudio {
  readonly label: string;
  readonly defaultBaseUrl?: string;
  /** Absent where a server may have just one. */
  readonly exampleModel?: string;
  /** A server of one's own may speak its protocol, with just one model and without a key. */
  readonly mayBeOwnServer?: true;
}

/** What studios are chosen for. They are chosen in the same way. */
export interface StudioKind<Provider extends ServiceProvider> {
  readonly settings: {
    readonly provider: Setting<'animatic' | Provider>;
    readonly baseUrl: Setting<string>;
    readonly model: Setting<string>;
  };
  /** What they make. */
  readonly offering: Offering;
  readonly providers: readonly Provider[];
  readonly isOne: (id: string) => id is Provider;
  readonly definition: (provider: Provider) => ChoosableStudio;
  /** Whether it is asked without a key at this address. */
  readonly isKeyless: (provider: Provider, address: string) => boolean;
  /** Under this the state of the extension has what each was used with last. */
  readonly stateKey: string;
  readonly words: () => {
    readonly title: string;
    readonly question: string;
    readonly model: string;
    /** Asked over a list of so many models. */
    readonly offered: (models: number) => string;
    /** Who makes them after the choice; `account` where its key has been found good. */
    readonly fromNowOn: (studio: string, account?: string) => string;
    /** To be agreed to: what goes where from now on. */
    readonly agreement: (studio: string, address: string) => string;
  };
}

export const clipStudios: StudioKind<OnlineProvider> = {
  settings: settings.video,
  offering: 'clips',
  providers: onlineProviders,
  isOne: isOnline,
  definition: onlineStudio,
  isKeyless: () => false,
  stateKey: 'scenewright.studios',
  words: () => ({
    title: t('Choose Studio for Clips'),
    question: t('Who renders the scenes?'),
    model: t('The video model, as the studio names it'),
    offered: (models) => t('Which of its {0} models renders?', models),
    fromNowOn: (studio, account) =>
      account === undefined
        ? t('{0} renders from now on', studio)
        : t('{0} renders from now on; the key of “{1}” is good', studio, account),
    agreement: (studio, address) => t('Render with {0} at {1} from now on?', studio, address),
  }),
};

export const pictureStudios: StudioKind<DrawingProvider> = {
  settings: settings.pictures,
  offering: 'pictures',
  providers: drawingProviders,
  isOne: isDrawingProvider,
  definition: drawingDefinition,
  isKeyless: (provider, address) => isKeyless(drawingDefinition(provider), address),
  stateKey: 'scenewright.pictureStudios',
  words: () => ({
    title: t('Choose Studio for Pictures'),
    question: t('Who draws sheets and stills?'),
    model: t('The picture model, as the studio names it'),
    offered: (models) => t('Which of its {0} models draws?', models),
    fromNowOn: (studio, account) =>
      account === undefined
        ? t('{0} draws from now on', studio)
        : t('{0} draws from now on; the key of “{1}” is good', studio, account),
    agreement: (studio, address) => t('Draw with {0} at {1} from now on?', studio, address),
  }),
};
