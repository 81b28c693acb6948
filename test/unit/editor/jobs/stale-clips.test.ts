import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { TextDocument } from 'vscode';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import { defined } from '../../../../src/base/defined.ts';
import { Emitter } from '../../../../src/base/events.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import type { JobPicture } from '../../../../src/jobs/job-pictures.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash, shownPictures } from '../../../../src/script/picture-text.ts';
import type { TakenPictures } from '../../../../src/studios/pictures.ts';
import { forgetSettings, setInFile, tellOfFile } from '../../../support/fake-vscode.ts';
import {
  isStale,
  madeFrom,
  textOf,
  type Made,
  type Person,
  type Story,
  type ToldScene,
} from './stale-oracle.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { ScriptClips } = await import('../../../../src/editor/jobs/script-clips.ts');
const { isOutOfDate } = await import('../../../../src/editor/jobs/scene-clips.ts');
const { picturesFor } = await import('../../../../src/editor/render/order-pictures.ts');

const paths = ['media/a.png', 'media/b b.png', 'media/ü.png', 'media/d.png'] as const;

/** What models take, from nothing to all. */
const models: readonly (TakenPictures | undefined)[] = [
  undefined,
  { firstFrame: true },
  { references: 1 },
  { firstFrame: true, lastFrame: true, references: 2 },
  { firstFrame: true, references: 4, exclusive: true },
  { firstFrame: true, lastFrame: 'alone', references: 9 },
];

function newStory(): Story {
  return {
    style: 'ink',
    seed: 1,
    people: [
      { name: 'Mara', look: 'a coat', pictures: ['media/a.png'] },
      { name: 'Tom', look: 'a beard', pictures: [] },
    ],
    place: {
      ...{ name: 'Hut', look: 'of wood', pictures: [] },
      inside: ['media/b b.png'],
      outside: [],
    },
    scenes: [0, 1, 2].map((index) => ({
      ...{ id: `scene${index}`, prompt: `Shot ${index}.`, mentions: [], cast: ['Mara'] },
      ...{ side: undefined, line: 'Not tonight.', first: undefined, last: undefined },
      goesOn: index === 1,
    })),
    files: new Map(paths.map((file) => [file, file])),
  };
}

/** A person with their script, its pictures and its clips. */
class Desk {
  readonly story = newStory();
  private readonly folder: string;
  private readonly document: TextDocument;
  private readonly changed = new Emitter<readonly JobView[]>();
  private parsed = parseScript(textOf(this.story));
  private readonly records: JobRecord[] = [];
  /** By index of the scene: what its newest clip was made from, and the frame that this ends in. */
  private readonly made = new Map<number, Made & { readonly last: string }>();
  private readonly jobs = new JobIndex({
    records: () => this.records,
    onDidChange: this.changed.event,
    onDidRemove: new Emitter<readonly string[]>().event,
  });
  readonly clips = new ScriptClips({ read: () => this.parsed }, this.jobs);

  constructor(folder: string) {
    this.folder = folder;
    const uri = { fsPath: path.join(folder, 'story.md'), toString: () => 'file:///story.md' };
    this.document = { uri, version: 1 } as unknown as TextDocument;
  }

  /** Disk and editor become what the person has in mind. */
  async show(): Promise<void> {
    for (const file of paths) {
      const place = path.join(this.folder, file);
      const content = this.story.files.get(file);
      if (content === undefined) await rm(place, { force: true });
      else await writeFile(place, pngBytes(content));
    }
    tellOfFile('fileChanged');
    this.parsed = parseScript(textOf(this.story), this.parsed);
    Object.assign(this.document, { version: this.document.version + 1 });
  }

  /** A clip is made of a scene as it is now, with a model that takes these pictures; it ends in this frame. */
  async render(index: number, takes: TakenPictures | undefined, last: string): Promise<void> {
    const node = this.parsed.scenes[index] ?? assert.fail();
    const scene = this.story.scenes[index] ?? assert.fail();
    const began = takes?.firstFrame === true ? this.frameBefore(index) : undefined;
    const selected = [{ node, number: index + 1 }];
    const chained = new Set(began === undefined ? [] : [index + 1]);
    const { uri } = this.document;
    const sent = await picturesFor(uri, this.parsed, selected, takes, chained).then(
      (all) => all.get(index + 1) ?? [],
      // One that is not there, and nothing is ordered.
      () => undefined,
    );
    if (sent === undefined) return;
    const { style, aspect } = this.parsed.brief;
    const shown = shownPictures(sent.filter(({ dropped }) => dropped !== true));
    const joined = { role: 'firstFrame', file: 'last.jpg', path: '', sha256: began, chained: true };
    const pictures = [...sent, ...(began === undefined ? [] : [joined as JobPicture])];
    const file = path.join(this.folder, `scene-${index}.take-${this.records.length + 1}.mp4`);
    await writeFile(file, '');
    const record = {
      ...{ id: `job-${this.records.length}`, script: 'file:///story.md', posterTried: true },
      ...{ createdAt: this.records.length, scene: node.scene, file, studio: 'fal' },
      orders: [{ kind: 'render', state: 'saved' }],
      frames: { last: { type: 'image/jpeg', sha256: last } },
      ...defined({ pictures: pictures.length === 0 ? undefined : pictures }),
      pictureHash: pictureHash(node.scene, this.parsed.bible, style, aspect, shown),
    } as unknown as JobRecord;
    const isTaken = (asked: { role: string; name: string; file: string }): boolean =>
      sent.some(
        ({ role, name = '', file, dropped }) =>
          role === asked.role && name === asked.name && file === asked.file && dropped !== true,
      );
    this.made.set(index, { ...madeFrom(this.story, scene, isTaken, began), last });
    this.records.push(record);
    this.changed.fire([record as unknown as JobView]);
    await this.show();
  }

  private goesOn(index: number): boolean {
    const scene = this.story.scenes[index];
    return index > 0 && scene?.goesOn === true && scene.first === undefined;
  }

  private frameBefore(index: number): string | undefined {
    return this.goesOn(index) ? this.made.get(index - 1)?.last : undefined;
  }

  /** Numbers of the scenes whose clips are stale. */
  stale(): readonly number[] {
    const clips = this.clips.of(this.document);
    return clips.flatMap((clip, index) => (isOutOfDate(clip) ? [index + 1] : []));
  }

  /** The same as anybody would find it who looks at everything. */
  staleByOracle(): readonly number[] {
    return this.story.scenes.flatMap((scene, index) => {
      const made = this.made.get(index);
      if (made === undefined) return [];
      const [goesOn, before] = [this.goesOn(index), this.frameBefore(index)];
      return isStale(this.story, scene, made, goesOn, before) ? [index + 1] : [];
    });
  }
}

/** What an edit is of. */
interface Aim {
  readonly story: Story;
  readonly scene: ToldScene;
  readonly person: Person;
  readonly name: string;
  readonly file: string;
  readonly other: string;
  readonly times: number;
}

function aimAt(story: Story, n: number, m: number): Aim {
  const of = <T>(all: readonly T[], at: number): T => all[at % all.length] ?? assert.fail();
  const { scenes, people } = story;
  const [scene, person, { name }] = [of(scenes, n), of(people, n), of(people, m)];
  return { story, scene, person, name, file: of(paths, m), other: of(paths, n), times: m };
}

/** What a person does to a script and its pictures, by name. */
const edits: Readonly<Record<string, (aim: Aim) => void>> = {
  dialogue: ({ scene, times }) => {
    scene.line += ` ${times}`;
  },
  prompt: ({ scene, times }) => {
    scene.prompt = `Shot ${times}.`;
  },
  style: ({ story, times }) => {
    story.style = times % 2 === 0 ? 'ink' : 'oil';
  },
  seed: ({ story, times }) => {
    story.seed = times;
  },
  look: ({ person, times }) => {
    person.look = `a coat ${times % 2}`;
  },
  lookOfPlace: ({ story, times }) => {
    story.place.look = `of stone ${times % 2}`;
  },
  mention: ({ scene, name }) => {
    toggle(scene.mentions, name);
  },
  cast: ({ scene, name }) => {
    toggle(scene.cast, name);
  },
  side: ({ scene, times }) => {
    scene.side = ([undefined, 'inside', 'outside'] as const)[times % 3];
  },
  picture: ({ person, file }) => {
    toggle(person.pictures, file);
  },
  order: ({ person }) => {
    person.pictures.reverse();
  },
  pictureOfPlace: ({ story: { place }, file }) => {
    toggle(place.pictures, file);
  },
  pictureInside: ({ story: { place }, file }) => {
    toggle(place.inside, file);
  },
  pictureOutside: ({ story: { place }, file }) => {
    toggle(place.outside, file);
  },
  first: ({ scene, file, times }) => {
    scene.first = times % 3 === 0 ? undefined : file;
  },
  last: ({ scene, file, times }) => {
    scene.last = times % 3 === 0 ? undefined : file;
  },
  goOn: ({ scene }) => {
    scene.goesOn = !scene.goesOn;
  },
  replace: ({ story: { files }, file, times }) => {
    files.set(file, `other ${times % 3}`);
  },
  lose: ({ story: { files }, file }) => {
    files.delete(file);
  },
  rename: ({ story, other, file }) => {
    rename(story, other, file);
  },
};

function toggle(list: string[], one: string): void {
  const at = list.indexOf(one);
  if (at < 0) list.push(one);
  else list.splice(at, 1);
}

/** A picture gets another path, and the script follows. */
function rename({ files, people, place, scenes }: Story, from: string, to: string): void {
  const content = files.get(from);
  if (content === undefined || from === to) return;
  files.delete(from);
  files.set(to, content);
  const named = (all: string[]): void => {
    all.splice(0, all.length, ...new Set(all.map((one) => (one === from ? to : one))));
  };
  for (const { pictures } of people) named(pictures);
  for (const list of [place.pictures, place.inside, place.outside]) named(list);
  for (const scene of scenes) {
    if (scene.first === from) scene.first = to;
    if (scene.last === from) scene.last = to;
  }
}

describe('the clips that are stale after anything that a person does', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-stale-'));
    setInFile('scenewright.downloads.folder', 'global', 'videos');
    setInFile('scenewright.video.provider', 'global', 'fal');
  });
  after(async () => {
    forgetSettings();
    await rm(folder, { recursive: true });
  });

  it('are those that a slow look at everything finds: by words, looks, pictures, frames and chains', async () => {
    const small = fc.nat({ max: 11 });
    const deed = fc.oneof(
      fc.record({ edit: fc.constantFrom(...Object.keys(edits)), n: small, m: small }),
      fc.record({ edit: fc.constant('render'), n: small, m: small }),
    );
    const found = { stale: 0, looked: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 16 }), async (deeds) => {
        const home = await mkdtemp(path.join(folder, 'desk-'));
        await mkdir(path.join(home, 'media'));
        const desk = new Desk(home);
        try {
          await desk.show();
          for (let n = 0; n < 3; n++) await desk.render(n, models[deeds.length % 6], 'one');
          for (const { edit, n, m } of deeds) {
            if (edit === 'render') await desk.render(n % 3, models[m % 6], `frame ${m % 2}`);
            else edits[edit]?.(aimAt(desk.story, n, m));
            await desk.show();
            const stale = desk.stale();
            assert.deepEqual(stale, desk.staleByOracle(), edit);
            found.stale += stale.length;
            found.looked++;
          }
        } finally {
          desk.clips.dispose();
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(found.stale > 0 && found.stale < found.looked * 3, 'some are, and some are not');
  });
});
