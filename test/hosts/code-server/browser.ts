import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { installOnce } from '../install.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const packed = path.join(root, 'node_modules', '@sparticuz', 'chromium');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The same shapes of letters on every machine, so that screenshots can be compared.
  '--font-render-hinting=none',
];

/** Where people have a Chromium, in the order in which it is tried. */
const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium program with the environment that it needs. */
export interface ChromiumProgram {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Find a Chromium: the one named by `CHROMIUM_PATH`, else the one packed inside the npm package
 * (Linux x64), else one that is installed on the machine.
 */
export async function findChromium(cache: string): Promise<ChromiumProgram> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return { file: named, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await chromiumFolder(cache);
    await installChromium(folder);
    return {
      file: path.join(folder, 'chromium'),
      env: { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') },
    };
  }
  const file = wellKnown.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new Error(
      'No Chromium was found. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.',
    );
  }
  return { file, env: {} };
}

async function chromiumFolder(cache: string): Promise<string> {
  const text = await readFile(path.join(packed, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return path.join(cache, `chromium-${version}`);
}

/** Unpack Chromium; the package itself would do so into the machine's shared temporary folder. */
async function installChromium(folder: string): Promise<boolean> {
  return installOnce(folder, async (temporary) => {
    const module = pathToFileURL(path.join(packed, 'build', 'index.js')).href;
    await promisify(execFile)(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import chromium from ${JSON.stringify(module)}; await chromium.executablePath();`,
      ],
      { env: { ...process.env, TMPDIR: temporary } },
    );
    await writeFile(path.join(temporary, 'fonts.conf'), fontsConfig(folder));
  });
}

/** The machine's fonts, and ours for a machine that has none. */
function fontsConfig(folder: string): string {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    path.join(folder, 'fonts'),
    path.join(root, 'node_modules', 'dejavu-fonts-ttf', 'ttf'),
  ];
  const alias = (generic: string, family: string): string =>
    `  <alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((name) => `  <dir>${name}</dir>`),
    `  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>`,
    alias('system-ui', 'Open Sans'),
    alias('sans-serif', 'Open Sans'),
    alias('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n');
}

/** Start a browser with a profile of its own that is gone when it closes. */
export async function launchChromium(program: ChromiumProgram): Promise<Browser> {
  return chromium.launch({
    executablePath: program.file,
    headless: true,
    args: flags,
    env: { ...(process.env as Record<string, string>), ...program.env },
    // Whoever starts the browser decides what a signal means and closes it in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
