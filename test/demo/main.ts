// `npm start`: the main job, from an idea to finished clips, in a real VS Code; then the editor stays
// open for a person. With `--exit` it ends there; `--minutes 10` makes the film as long, `--no-pictures` leaves
// sheets and stills out.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runNode } from '../../scripts/run.ts';
import { grey, red, step, StepFailed } from '../../scripts/steps.mjs';
import { buildHostModules } from '../hosts/build.ts';
import { chooseHost } from '../hosts/choose.ts';
import type { EditorHost } from '../hosts/host.ts';
import { checkOutcome } from './check.ts';
import { readOptions, type DemoOptions } from './options.ts';
import { perform, type Performance } from './perform.ts';

const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'demo-output');
const workspace = path.join(output, 'workspace');
const idea =
  'A lighthouse keeper finds the lamp dark on the night of a storm, and a ship is coming in';
const style = 'watercolour, muted blues, warm lamp light';

const temporary = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
/** What has to be closed in the end, in the order in which it was opened. */
const closers: (() => Promise<void>)[] = [];
/** Whether all that there is to see has been shown; what is left is the person's own time. */
const state = { performed: false };
const stop = Promise.withResolvers<'stopped'>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop.resolve('stopped');
  });
}

const work = main();
try {
  if ((await Promise.race([work, stop.promise])) === 'stopped') {
    process.stdout.write('\n');
    if (!state.performed) process.exitCode = 130;
  }
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof StepFailed)) console.error(red(String(error)));
}
// What is still going on fails as soon as its editor is closed, and has nobody to tell.
work.catch(() => undefined);
for (const close of closers.reverse()) await close();
await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
process.exit();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { duration, pictures } = options;
  const { driver, host } = await prepare();
  const performance = await perform({
    host,
    extension: root,
    workspace,
    profile: path.join(temporary, 'profile'),
    driver,
    task: { idea, style, duration, pictures, key: randomBytes(16).toString('hex') },
    screenshots: path.join(output, 'screenshots'),
    closers,
  });
  await step('check', async (log) => {
    const problems = await checkOutcome(performance.outcome, options);
    for (const problem of problems) log.write(`${problem}\n`);
    if (problems.length > 0) throw new Error('The files are not as they should be.');
    return { detail: 'every clip, poster and the video are as they should be', value: undefined };
  });
  console.log(summaryOf(performance, options));
  state.performed = true;
  if (!options.exit) await keepOpen(host);
}

async function prepare(): Promise<{ driver: string; host: EditorHost }> {
  const driver = await step('build', async (log) => {
    await runNode(['esbuild.js'], { cwd: root, onOutput: log.write });
    return { value: (await buildHostModules([])).driver };
  });
  const host = await chooseHost(path.join(root, '.vscode-test'));
  await step('vs code', async (log) => {
    const installed = await host.install(log.write);
    return { detail: `${host.name} ${installed ? 'installed' : 'up to date'}`, value: undefined };
  });
  await rm(output, { recursive: true, force: true });
  await mkdir(path.join(output, 'screenshots'), { recursive: true });
  await mkdir(workspace);
  return { driver, host };
}

function summaryOf(
  { outcome, screenshots, studio }: Performance,
  { duration }: DemoOptions,
): string {
  const clips = path.dirname(outcome.clips[0]?.file ?? workspace);
  const seconds = outcome.ms / 1000;
  const lines: [string, string][] = [
    ['script', `${here(outcome.script)}  ${outcome.scenes} scenes, ${duration} s`],
    [
      'clips',
      `${here(clips)}  ${outcome.clips.length} clips with posters, up to ${studio.mostDownloadsAtOnce} downloads at once`,
    ],
    [
      'video',
      `${here(outcome.video)}  ${seconds.toFixed(0)} s from the idea, ${(seconds / outcome.scenes).toFixed(1)} s a scene`,
    ],
    [
      'pictures',
      screenshots.length === 0 ? 'none on this host' : here(path.dirname(screenshots[0] ?? '')),
    ],
  ];
  return `\n${lines.map(([name, text]) => `  ${grey(name.padEnd(9))} ${text}`).join('\n')}\n`;
}

function here(file: string): string {
  return path.relative(process.cwd(), file);
}

/** Leave an editor to the person at the keyboard, until they have had enough. */
async function keepOpen(host: EditorHost): Promise<void> {
  const editor = await step('editor', async (log) => ({
    value: await host.openEditor({
      extension: root,
      workspace,
      // A profile of its own: no account, and the studio is the animatic.
      profile: path.join(temporary, 'yours'),
      settings: {},
      onOutput: log.write,
    }),
  }));
  closers.push(() => editor.close());
  if (editor.url !== undefined) console.log(`\n  Scenewright is open at ${editor.url}`);
  console.log(`  ${grey('Ctrl-C ends it.')}\n`);
  await editor.closed;
}
