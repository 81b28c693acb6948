import assert from 'node:assert/strict';
import { translateWith } from '../../../src/base/l10n.ts';
import { jobStates, type JobView } from '../../../src/jobs/job.ts';
import '../../support/fake-vscode.ts';
import { pseudoTag, pseudoTranslations, untranslated } from '../../support/pseudo-language.ts';

const { cardHtml } = await import('../../../src/editor/cards/card-html.ts');
const { commandsOf } = await import('../../../src/editor/cards/card-words.ts');
const { storyboardHtml } = await import('../../../src/editor/film/storyboard-html.ts');
const { jobTitle, jobWords, nextStep } = await import('../../../src/editor/job-list/job-words.ts');
const { sentText } = await import('../../../src/editor/sent/sent-text.ts');

const view: JobView = {
  id: 'a',
  kind: 'clip',
  take: 2,
  script: 'file:///a.md',
  scene: 1,
  sceneId: 'abcdef',
  title: 'Fog',
  studio: 'fal',
  state: 'queued',
  paused: false,
  progress: 0.5,
  bytes: 12_400_000,
  total: 24_000_000,
  speed: 1_200_000,
  seconds: 8,
};

const card = { number: 1, title: 'Fog', seconds: 7.5, takes: 2 };
const money = { currency: 'USD', amount: 1.4 };
const cards = [
  ...(['unwritten', 'none', 'running', 'failed', 'current', 'stale'] as const).map((state) => ({
    ...card,
    state,
    price: money,
    priceToCome: money,
  })),
  ...(['choose', 'write', 'render', 'fetch', 'follow', 'decide'] as const).map((next) => ({
    ...card,
    state: 'none' as const,
    next,
  })),
];

/** Tags, styles and addresses are no words. */
const readOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/gsu, '')
    .replace(/aria-label="([^"]*)"/gu, '>$1<')
    .replace(/<[^>]*>/gu, '\n');

describe('what is drawn and exported', () => {
  before(() => {
    translateWith(pseudoTranslations().bundle, pseudoTag);
  });
  after(() => {
    translateWith(undefined);
  });

  const said: Readonly<Record<string, () => readonly string[]>> = {
    'rows of jobs': () =>
      jobStates.flatMap((state) =>
        [view, { ...view, paused: true }, { ...view, kind: 'picture', drawing: 'still' } as const]
          .map((one): JobView => ({ ...one, state }))
          .flatMap((one) => [
            jobTitle(one),
            jobWords(one, { stale: true, besideSeconds: undefined }),
            nextStep(one) ?? '',
          ]),
      ),
    'cards of scenes': () =>
      cards.flatMap((one) => [
        readOf(cardHtml(one, '/film/a.md', '')),
        ...commandsOf(one, 'file:///a.md').map(({ label }) => label),
      ]),
    'an exported storyboard': () => [
      readOf(
        storyboardHtml({
          title: 'Fog',
          language: 'en',
          aspect: '16:9',
          style: '',
          panels: [
            {
              number: 1,
              title: 'Fog',
              seconds: 7.5,
              scene: { where: '', dialogue: [], narration: 'Fog', sound: 'Fog' },
            },
          ],
        }),
      ),
    ],
    'the page of an order': () => [
      sentText(
        'Fog',
        {
          prompt: 'Fog',
          seconds: 8,
          aspect: '16:9',
          firstFrame: 'Fog',
          lastFrame: 'Fog',
          references: [],
          asked: '',
          dropped: ['Fog'],
          problems: ['Fog'],
          studio: 'fal',
        },
        (file) => file,
      ).text.replace(/```\w+/gu, ''),
    ],
  };

  for (const [name, words] of Object.entries(said)) {
    it(`goes through the translation: ${name}`, () => {
      const text = words().join('\n');
      assert.match(text, /⟦/);
      assert.deepEqual(untranslated(text, 'Fog fal US'), [], text);
    });
  }
});
