import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import nls from '../../package.nls.json' with { type: 'json' };
import type { CommandId } from '../../src/editor/commands.ts';
import type { SettingTypes } from '../../src/editor/settings.ts';

const root = path.join(import.meta.dirname, '..', '..');

type Properties = (typeof manifest)['contributes']['configuration']['properties'];
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Does not compile when a setting is declared and not typed, or typed and not declared. */
const settingsAgree: Same<keyof Properties, `scenewright.${keyof SettingTypes}`> = true;

/** Does not compile when a command is missing here; the test below compares it with the manifest. */
const commandIds: Record<CommandId, true> = {
  'scenewright.newScript': true,
  'scenewright.writeScenes': true,
  'scenewright.rewriteScene': true,
  'scenewright.pauseWriting': true,
  'scenewright.resumeWriting': true,
  'scenewright.cancelWriting': true,
  'scenewright.showProgress': true,
  'scenewright.renderScenes': true,
  'scenewright.assembleVideo': true,
  'scenewright.addAccount': true,
  'scenewright.manageAccounts': true,
  'scenewright.chooseWriter': true,
  'scenewright.revealScene': true,
  'scenewright.jobs.open': true,
  'scenewright.jobs.reveal': true,
  'scenewright.jobs.retry': true,
  'scenewright.jobs.cancel': true,
  'scenewright.jobs.pause': true,
  'scenewright.jobs.resume': true,
  'scenewright.jobs.remove': true,
};

describe('the manifest', () => {
  it('declares every command that the code registers, and no other', () => {
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).sort(),
      Object.keys(commandIds).sort(),
    );
  });

  it('names a text for every placeholder, and has no text that nothing uses', () => {
    const used = readFileSync(path.join(root, 'package.json'), 'utf8').match(/%[\w.-]+%/gu) ?? [];
    assert.deepEqual(
      [...new Set(used.map((placeholder) => placeholder.slice(1, -1)))].sort(),
      Object.keys(nls).sort(),
    );
  });

  it('keeps every address that a key is sent to out of reach of a workspace', () => {
    const properties: Record<string, { scope?: string }> =
      manifest.contributes.configuration.properties;
    for (const [key, { scope }] of Object.entries(properties)) {
      if (!/baseUrl|ffmpegPath/u.test(key)) continue;
      assert.equal(scope, 'machine', key);
    }
    assert.equal(settingsAgree, true);
  });

  it('keeps what needs a row or a context out of the palette', () => {
    const hidden = new Set(
      manifest.contributes.menus.commandPalette
        .filter(({ when }) => when === 'false')
        .map(({ command }) => command),
    );
    const contextual = Object.keys(commandIds).filter((id) => id.startsWith('scenewright.jobs.'));
    for (const id of [...contextual, 'scenewright.revealScene']) assert.ok(hidden.has(id), id);
  });

  it('shows at most three inline actions on any row', () => {
    const inline = manifest.contributes.menus['view/item/context'].filter(({ group }) =>
      group.startsWith('inline'),
    );
    const states = {
      done: ['hasClip', 'canRemove'],
      failed: ['canRetry', 'canRemove'],
      running: ['canPause', 'canCancel'],
      paused: ['canResume', 'canCancel'],
    };
    for (const [state, tags] of Object.entries(states)) {
      const shown = inline.filter(({ when }) => tags.some((tag) => when.includes(`\\b${tag}\\b`)));
      assert.ok(shown.length >= 1 && shown.length <= 3, `${state}: ${shown.length}`);
    }
  });
});
