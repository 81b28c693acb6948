import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { continues } from '../../script/chained.ts';
import { sheetText, stillText } from '../../script/drawing-text.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { PicturePath, Scene } from '../../script/script-model.ts';
import {
  picturesOfEntry,
  wantedPictures,
  type WantedPicture,
} from '../../script/wanted-pictures.ts';
import type { SheetComing } from '../jobs/picture-coming.ts';
import type { SheetWanted, StillWanted } from './what-to-draw.ts';

/** What is on its way already: the job that draws a picture, and the pictures of whom a scene shows. */
export interface Coming {
  readonly of: (wanted: SheetWanted | StillWanted) => JobRecord | undefined;
  readonly sheetsOf: (scene: Scene) => readonly SheetComing[];
}

/** A picture with what it is made after. */
export interface Planned {
  readonly wanted: SheetWanted | StillWanted;
  readonly references: readonly WantedPicture[];
  readonly prompt: string;
  /** It is made after the one that is planned right before it, or after that of a job that is under way. */
  readonly follows: boolean;
  readonly after: string | undefined;
  /** Ids of the jobs that draw whom and what it shows. */
  readonly sheets: readonly string[];
  readonly dropped: readonly string[];
}

/** What each picture is made after; in the order in which they are drawn. */
export function planPictures(
  script: ParsedScript,
  all: readonly (SheetWanted | StillWanted)[],
  underWay: Coming,
  most: number,
  instruction: string | undefined,
): readonly Planned[] {
  const { style } = script.brief;
  return all.map((wanted, index): Planned => {
    if (wanted.kind !== 'still') {
      const { kind, entry } = wanted;
      const [present] = instruction === undefined ? [] : picturesOfEntry(entry);
      const references = present === undefined ? [] : [reference(present, entry.name)];
      const sent = references.slice(0, most);
      return {
        wanted,
        references: sent,
        prompt: sheetText(kind, entry, style, instruction),
        follows: false,
        after: undefined,
        sheets: [],
        dropped: sent.length < references.length ? [entry.name] : [],
      };
    }
    return planStill(script, wanted, all[index - 1], underWay, most, instruction);
  });
}

/** After the sheets of its cast and place, and where it goes on without a cut, the still before it. */
function planStill(
  script: ParsedScript,
  wanted: StillWanted,
  last: SheetWanted | StillWanted | undefined,
  underWay: Coming,
  most: number,
  instruction: string | undefined,
): Planned {
  const { node, number } = wanted;
  const { bible, brief } = script;
  const present = instruction === undefined ? undefined : node.scene.firstFrame;
  const before = continues(script, node) ? script.scenes[number - 2] : undefined;
  const isPlanned = before !== undefined && last?.kind === 'still' && last.node === before;
  const stillBefore =
    before === undefined || isPlanned
      ? undefined
      : underWay.of({ kind: 'still', node: before, number: number - 1 });
  const name = t('the still of scene {0}', number - 1);
  const there = isPlanned || stillBefore !== undefined ? undefined : before?.scene.firstFrame;
  const joins = most > 0 && (isPlanned || stillBefore !== undefined);
  const first = present === undefined ? [] : [reference(present, t('the still as it was'))];
  const lastly = there === undefined ? [] : [reference(there, name)];
  const sheets = wantedPictures(node.scene, bible).filter(({ role }) => role === 'reference');
  const coming = underWay.sheetsOf(node.scene);
  const room = Math.max(0, most - first.length - lastly.length - Number(joins));
  const references = [...first, ...sheets.slice(0, room), ...lastly].slice(0, most);
  const awaited = coming.slice(0, Math.max(0, room - sheets.length));
  const shown = [
    ...references.map((one) => one.name ?? ''),
    ...awaited.map((one) => one.name),
    ...(joins ? [name] : []),
  ];
  return {
    wanted,
    references,
    prompt: stillText(
      node.scene,
      bible,
      brief.style,
      {
        shown,
        continues: joins || lastly.length > 0 ? name : undefined,
        changes: present !== undefined,
      },
      instruction,
    ),
    follows: joins && isPlanned,
    after: joins ? stillBefore?.id : undefined,
    sheets: awaited.map(({ job }) => job.id),
    dropped: [
      ...[...first, ...sheets, ...lastly]
        .filter((one) => !references.includes(one))
        .map((one) => one.name ?? ''),
      ...coming.slice(awaited.length).map((one) => one.name),
    ],
  };
}

function reference(file: PicturePath, name: string): WantedPicture {
  return { role: 'reference', file, name };
}
