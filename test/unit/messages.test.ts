import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CardDrawer } from '../../src/animatic/index.ts';
import { diskError } from '../../src/base/disk-error.ts';
import { messageOf } from '../../src/base/errors.ts';
import { t, translateWith } from '../../src/base/l10n.ts';
import nls from '../../package.nls.json' with { type: 'json' };
import {
  bareHosts,
  collectMessages,
  readBundle,
  sentencesAboutServers,
  untranslatedErrors,
  untranslatedWords,
} from '../../scripts/messages.ts';
import { faultsOf, missingIn, type Translation, translations } from '../../scripts/translations.ts';
import { animaticAssets, animaticWorkerFile } from '../../fixtures/animatic-assets.ts';

/** Messages that tell of a command by another name than the manifest has for it in that language. */
function misnamedCommands({ language, english, texts }: Translation): string[] {
  const manifest = translations().find(
    (one) => one.language === language && one.name.startsWith('package.nls'),
  );
  const bare = (title: string): string => title.replace(/…$/, '');
  return Object.entries(nls).flatMap(([key, title]) => {
    const translated = manifest?.texts[key];
    if (!key.startsWith('command.') || translated === undefined) return [];
    const named = [
      `“${title}”`,
      `“${bare(title)}”`,
      `“Scenewright: ${bare(title)}`,
      `"${bare(title)}"`,
    ];
    return Object.entries(texts).flatMap(([message, text]) => {
      const said = english[message] ?? '';
      if (!named.some((name) => said.includes(name)) || text.includes(bare(translated))) return [];
      return [`${text} (${translated})`];
    });
  });
}

/** How many words a sentence has before it names the server. */
function wordsBefore(server: string, text: string): number {
  return text.slice(0, text.indexOf(server)).trim().split(/\s+/).filter(Boolean).length;
}

describe('what a person reads', () => {
  afterEach(() => {
    translateWith(undefined);
  });

  it('is all there for translators: `npm run messages` brings the bundle up to date', () => {
    assert.deepEqual(readBundle(), collectMessages());
  });

  it('is never handed to VS Code in English that nobody can translate', () => {
    assert.deepEqual(untranslatedWords(), []);
  });

  it('has no error that only speaks English', () => {
    assert.deepEqual(untranslatedErrors(), []);
  });

  it('gets a host into words through a reason alone', () => {
    assert.deepEqual(bareHosts(), []);
  });

  for (const translation of translations()) {
    const { name } = translation;

    it(`is all there in ${name}`, () => {
      assert.deepEqual(missingIn(translation), []);
    });

    it(`has placeholders, links and names in ${name} as in English, and no other message`, () => {
      assert.deepEqual(faultsOf(translation), []);
    });

    it(`says in ${name} what happened before it says at which server`, () => {
      const { english, texts } = translation;
      const sentences = sentencesAboutServers().filter(({ message }) => message in english);
      const bare = sentences.flatMap(({ message, server }) =>
        [message, texts[message] ?? ''].filter((text) => wordsBefore(server, text) < 3),
      );
      assert.deepEqual(bare, []);
    });

    it(`calls commands in ${name} what the palette calls them`, () => {
      assert.deepEqual(misnamedCommands(translation), []);
    });
  }

  it('is in the language of the translation, from the core as well', () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    const english = '{0} What is here already is kept.';
    const words = (): string => messageOf(diskError(full, '/films'));
    assert.match(words(), /^The disk is full at .*films.* What is here already is kept\.$/);
    translateWith({
      'The disk is full at {0}. Make room, then retry.': 'Der Datenträger mit {0} ist voll.',
      [english]: '{0} Was da ist, bleibt.',
    });
    assert.match(words(), /^Der Datenträger mit .*films.* ist voll\. Was da ist, bleibt\.$/);
    assert.equal(t('not in the translation {0}', 1), 'not in the translation 1');
  });

  it('is in that language also where a worker says it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-messages-'));
    translateWith({
      '{0} would lie outside {1}{2}. Nothing was written. Remove the link or choose another folder inside, then retry.':
        '{0} läge außerhalb.',
    });
    const cards = new CardDrawer({ workerFile: animaticWorkerFile, assets: animaticAssets });
    try {
      const card = { number: 1, title: 'Ende', poster: `${folder}-elsewhere/a.png`, root: folder };
      await assert.rejects(cards.draw(card, new AbortController().signal), /läge außerhalb\./);
    } finally {
      await cards.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
