import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { userAgent } from '../../src/net/user-agent.ts';
import { releaseNotes } from '../../scripts/check-release.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const workflows = path.join(root, '.github', 'workflows');

describe('a release', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-01\n\n- Faster.\n\n## [1.2.2]\n';

  it('has the notes of its version', () => {
    assert.equal(releaseNotes('v1.2.3', '1.2.3', changelog), '- Faster.\n');
  });

  it('is refused where tag, manifest and changelog do not name the same version', () => {
    assert.throws(() => releaseNotes('v1.2.4', '1.2.3', changelog), /tag is v1\.2\.4/);
    assert.throws(() => releaseNotes('v1.2.4', '1.2.4', changelog), /nothing of 1\.2\.4/);
    assert.throws(() => releaseNotes('v1.2.2', '1.2.2', changelog), /nothing of 1\.2\.2/);
  });
});

describe('the name by which requests go out', () => {
  it('has the version of the manifest', async () => {
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.equal(userAgent, `Scenewright/${version}`);
  });
});

describe('the workflows', () => {
  it('run only actions that are pinned by commit, with the version beside it', async () => {
    const found: string[] = [];
    for (const name of await readdir(workflows)) {
      const text = await readFile(path.join(workflows, name), 'utf8');
      for (const [, action = ''] of text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)) {
        found.push(action);
        assert.match(action, /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
      }
    }
    assert.notEqual(found.length, 0);
  });

  it('may do no more by default than read', async () => {
    for (const name of await readdir(workflows)) {
      const { permissions } = parse(await readFile(path.join(workflows, name), 'utf8')) as {
        permissions: unknown;
      };
      assert.deepEqual(permissions, { contents: 'read' }, name);
    }
  });

  it('try every version of Node that the README promises', async () => {
    const text = await readFile(path.join(workflows, 'ci.yml'), 'utf8');
    const { jobs } = parse(text) as {
      jobs: { node: { strategy: { matrix: { node: readonly number[] } } } };
    };
    const { engines } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    assert.equal(`>=${Math.min(...jobs.node.strategy.matrix.node)}`, engines.node);
  });
});
