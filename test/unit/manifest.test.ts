import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import nls from '../../package.nls.json' with { type: 'json' };
import type { CommandId } from '../../src/editor/commands/register-command.ts';
import { jobContext } from '../../src/editor/job-list/job-actions.ts';
import { onlineProviders } from '../../src/editor/accounts/studio-list.ts';
import { jobStates } from '../../src/jobs/job.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** Does not compile when a command is missing here; the test below compares it with the manifest. */
const commandIds: Record<CommandId, true> = {
  'scenewright.newScript': true,
  'scenewright.writeScenes': true,
  'scenewright.rewriteScene': true,
  'scenewright.takeRewrite': true,
  'scenewright.refuseRewrite': true,
  'scenewright.pauseWriting': true,
  'scenewright.resumeWriting': true,
  'scenewright.cancelWriting': true,
  'scenewright.showProgress': true,
  'scenewright.renderScenes': true,
  'scenewright.assembleVideo': true,
  'scenewright.exportSubtitles': true,
  'scenewright.addAccount': true,
  'scenewright.manageAccounts': true,
  'scenewright.chooseWriter': true,
  'scenewright.chooseStudio': true,
  'scenewright.revealScene': true,
  'scenewright.jobs.open': true,
  'scenewright.jobs.reveal': true,
  'scenewright.jobs.retry': true,
  'scenewright.jobs.cancel': true,
  'scenewright.jobs.pause': true,
  'scenewright.jobs.resume': true,
  'scenewright.jobs.remove': true,
  'scenewright.jobs.openExternal': true,
  'scenewright.jobs.revealScene': true,
  'scenewright.jobs.upscale': true,
  'scenewright.jobs.pauseAll': true,
  'scenewright.jobs.resumeAll': true,
  'scenewright.jobs.retryFailed': true,
  'scenewright.jobs.filter': true,
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

  it('offers every studio that there is', () => {
    const { enum: offered } =
      manifest.contributes.configuration.properties['scenewright.video.provider'];
    assert.deepEqual(offered, ['animatic', ...onlineProviders]);
  });

  it('keeps every address that a key is sent to, and what costs money, out of reach of a workspace', () => {
    const properties: Record<string, { scope?: string }> =
      manifest.contributes.configuration.properties;
    for (const [key, { scope }] of Object.entries(properties)) {
      if (!/baseUrl|ffmpegPath|price|budget|upscale/u.test(key)) continue;
      assert.equal(scope, 'machine', key);
    }
  });

  it('keeps what needs a row out of the palette, and what needs jobs while there are none', () => {
    const palette = new Map(
      manifest.contributes.menus.commandPalette.map(({ command, when }) => [command, when]),
    );
    assert.equal(palette.get('scenewright.revealScene'), 'false');
    for (const id of Object.keys(commandIds)) {
      if (!id.startsWith('scenewright.jobs.')) continue;
      assert.match(palette.get(id) ?? '', /^scenewright\.jobs\.(any|underWay|paused|failed)$/u, id);
    }
  });

  it('shows one to three inline actions on the row of any job', () => {
    const inline = manifest.contributes.menus['view/item/context'].filter(
      ({ group, when }) =>
        group.startsWith('inline') && when.startsWith('view == scenewright.jobs'),
    );
    const shownFor = (viewItem: string): string[] =>
      inline.flatMap(({ command, when }) => {
        const pattern = /viewItem =~ \/(.+)\/$/u.exec(when)?.[1];
        assert.ok(pattern, when);
        return new RegExp(pattern, 'u').test(viewItem) ? command : [];
      });
    const view = { id: 'a', script: '', scene: 1, sceneId: 'abcdef', title: '', studio: 'fal' };
    for (const state of jobStates) {
      for (const paused of [false, true]) {
        for (const more of [{}, { file: '/a.mp4' }, { file: '/a.mp4', error: 'No poster.' }]) {
          const viewItem = jobContext({ ...view, state, paused, ...more });
          const shown = shownFor(viewItem);
          if (state === 'done' && !('file' in more)) continue;
          assert.ok(shown.length >= 1 && shown.length <= 3, `${viewItem}: ${shown.join(', ')}`);
          assert.equal(new Set(shown).size, shown.length, viewItem);
        }
      }
    }
    assert.deepEqual(shownFor('script canRetry canPause'), ['scenewright.assembleVideo']);
  });
});
