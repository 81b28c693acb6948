// Before a release: the tag, the manifest and the changelog name the same version. Leaves what the
// changelog says of it in `out/release-notes.md`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param {string} tag such as `v1.2.3`
 * @param {string} version the manifest's
 * @param {string} changelog
 * @returns {string} what the changelog says of the version
 */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, package.json says ${version}.`);
  const sections = changelog.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`[${version}]`));
  const notes = section?.split('\n').slice(1).join('\n').trim() ?? '';
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (/** @type {string} */ name) => readFileSync(path.join(root, name), 'utf8');
  const { version } = JSON.parse(read('package.json'));
  const notes = releaseNotes(process.argv[2] ?? '', version, read('CHANGELOG.md'));
  mkdirSync(path.join(root, 'out'), { recursive: true });
  writeFileSync(path.join(root, 'out', 'release-notes.md'), notes);
}
