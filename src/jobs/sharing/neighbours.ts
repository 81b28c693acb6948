import { access } from 'node:fs/promises';
import path from 'node:path';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { OwnerLock } from '../../base/lock.ts';
import type { Move } from '../../base/moves.ts';
import { placeOfFile } from '../../downloads/clip-name.ts';
import { upscaleOf, type JobRecord, type NewJob } from '../job.ts';
import { clipFileOf, hasClip, mayStillCome, stateOf } from '../job-state.ts';
import { JobStore } from '../job-store.ts';
import { subjectOf } from '../subject.ts';
import { firstPlace, takeOf, takePlace } from '../take-place.ts';
import { madeFilesIn } from './made-files.ts';
import { leaveMoves } from './move-notes.ts';
import type { Claim, ClipClaims } from './claims.ts';
import { TakenOverError, lockFolder } from './generations.ts';
import { forgetNote, leaveNote, notesIn } from './notes.ts';

/** An owner that shows no sign of life is waited for this long at most, in milliseconds. */
const patienceMs = 30_000;

export interface NeighbourOptions {
  readonly claims: ClipClaims;
  readonly store: JobStore;
  /** That of the store; other stores have one alike. */
  readonly lock: OwnerLock;
}

/** How it stands with the place of a clip. */
type Standing =
  /** Nobody's, or this store's. */
  | { readonly kind: 'free' | 'mine'; readonly claim: Claim | undefined }
  /** On its way for another store, or perhaps so, or at the service and not fetched. */
  | { readonly kind: 'coming'; readonly claim: Claim; readonly record: JobRecord }
  /** Another store's job has put the clip there. */
  | { readonly kind: 'there'; readonly claim: Claim; readonly record: JobRecord };

/**
 * What windows with stores of their own have to do with the clips of this one: see {@link ClipClaims}.
 * Nobody orders what is on its way for another, and what a window that is closed has left at a service
 * is taken over with its record, not ordered again.
 */
export class Neighbours {
  private readonly options: NeighbourOptions;

  constructor(options: NeighbourOptions) {
    this.options = options;
  }

  /**
   * See to it that the place of a job's clip is this store's, before anything is ordered or written
   * for it.
   *
   * @throws ScenewrightError `bad-input` when it is another window's
   */
  async hold(record: JobRecord): Promise<void> {
    for (;;) {
      const standing = await this.standing(record.file);
      if (standing.kind === 'mine') return;
      if (standing.kind === 'coming') throw comesElsewhere(record, standing.claim);
      if (standing.kind === 'there') expectToBeEnlarged(record, standing);
      if (!(await this.options.lock.confirm())) throw new TakenOverError();
      if (await this.options.claims.take(record.file, record.id, standing.claim)) return;
    }
  }

  /**
   * Claim a place for a job that nobody else has it for.
   *
   * @returns `false` where there is another job for it, on its way or done
   */
  async claim(record: JobRecord): Promise<boolean> {
    const { claims, lock } = this.options;
    for (;;) {
      const { kind, claim } = await this.standing(record.file);
      if (kind === 'coming' || kind === 'there') return false;
      if (kind === 'mine' && claim !== undefined) {
        if (claim.job === record.id) return true;
        const other = await this.options.store.find(claim.job);
        const isIts = other !== undefined && (hasClip(other) || mayStillCome(other));
        if (isIts && takeOf(other.file) === takeOf(record.file)) return false;
      }
      if (!(await lock.confirm())) throw new TakenOverError();
      if (await claims.take(record.file, record.id, claim)) return true;
    }
  }

  /** Whether another store's job has put its clip where that of a job is to go. */
  async isTaken(record: JobRecord): Promise<boolean> {
    const standing = await this.standing(record.file);
    return standing.kind === 'there' && standing.record.id !== record.id;
  }

  /**
   * Expect that no other window has ordered the very same picture as another take since this one looked:
   * to be asked once the place is claimed, so that whoever comes after this finds the claim. What was
   * ordered elsewhere may long be there: this window may have stood still for as long as it took.
   *
   * @param top the number of the scene's last take, as far as this window knows
   * @param known whether the writer sees here that the clip of a job is there
   * @throws ScenewrightError `bad-input` where it is on its way, MadeMeanwhileError where it is there
   */
  async expectAlone(record: JobRecord, top: number, known: (id: string) => boolean): Promise<void> {
    const first = firstPlace(record.file);
    for await (const standing of this.takesOf(first, top)) {
      if (standing.kind !== 'coming' && standing.kind !== 'there') continue;
      if (standing.record.id === record.id || !isSamePicture(standing.record, record)) continue;
      if (standing.kind === 'coming') throw comesElsewhere(record, standing.claim);
      if (await isNews(standing.record, { ...record, file: first }, known)) {
        throw new MadeMeanwhileError();
      }
    }
  }

  /** Whether the place of a job's clip is this store's; as {@link hold}, without claiming it. */
  async expectHeld(record: JobRecord): Promise<void> {
    const standing = await this.standing(record.file);
    if (standing.kind !== 'mine' && standing.claim !== undefined) {
      throw comesElsewhere(record, standing.claim);
    }
  }

  /**
   * What another store has for this order, as whichever take of the scene: a job that was taken over from
   * a window that is gone, or the record of a clip that is there. Absent where there is nothing, and it is
   * to be ordered.
   *
   * @param top the number of the scene's last take, as far as this window knows
   * @throws ScenewrightError `bad-input` when another window is at work on this scene
   */
  async find(
    request: NewJob,
    top: number,
    known: (id: string) => boolean,
  ): Promise<JobRecord | undefined> {
    let news: JobRecord | undefined;
    for (let take = 1; ;) {
      const standing = await this.standing(takePlace(request.file, take));
      const { kind, claim } = standing;
      if (
        (kind === 'coming' || kind === 'there') &&
        standing.record.scene.id === request.scene.id
      ) {
        const { record } = standing;
        if (kind === 'coming') {
          const taken = await this.takeOver(standing.claim, record, request);
          if (taken === 'elsewhere') throw comesElsewhere(request, standing.claim);
          if (taken !== 'gone') return taken;
          continue;
        }
        if (await isNews(record, request, known)) news = named(record, request);
      }
      if (take >= top && claim === undefined) return news;
      take++;
    }
  }

  /** Whether a take of a scene is another scene's, by what other stores know. */
  async belongsToAnother(first: string, scene: string): Promise<boolean> {
    for await (const standing of this.takesOf(first, 1)) {
      if (standing.kind !== 'coming' && standing.kind !== 'there') continue;
      if (standing.record.scene.id !== scene) return true;
    }
    return false;
  }

  /** How it stands with the places of a scene's takes, up to the first that nobody ever had. */
  private async *takesOf(first: string, top: number): AsyncGenerator<Standing> {
    for (let take = 1; ; take++) {
      const standing = await this.standing(takePlace(first, take));
      yield standing;
      if (take >= top && standing.claim === undefined) return;
    }
  }

  /**
   * For a job as it was found in this store: that its place is claimed, as those of earlier versions
   * are not.
   *
   * @returns `false` where the job is another store's by now, and its record here a left-over
   */
  async isStillHere(record: JobRecord): Promise<boolean> {
    const { claims } = this.options;
    const claim = await claims.of(record.file);
    if (claim === undefined) await claims.take(record.file, record.id, undefined);
    if (claim?.job !== record.id || claim.store === claims.store) return true;
    if ((await new JobStore(claim.store).find(record.id)) !== undefined) return false;
    // Whoever wanted to take it over has not come to it.
    return claim.from !== claims.store || (await claims.take(record.file, record.id, claim));
  }

  /**
   * Leave word of moves with the other stores whose clips are among what was moved.
   *
   * @throws ScenewrightError `disk`
   */
  async tell(moves: readonly Move[], now: number): Promise<void> {
    const { claims } = this.options;
    const concerned = new Set<string>();
    for (const { from, to } of moves) {
      for (const file of await madeFilesIn(to)) {
        const stores = await claims.storesAt(placeOfFile(path.join(from, path.relative(to, file))));
        // Whoever moves it on finds them by that.
        if (stores.size > 0) await claims.leaveTraces(placeOfFile(file), stores);
        for (const store of stores) concerned.add(store);
      }
    }
    for (const store of concerned) {
      if (store !== claims.store && (await exists(store))) await leaveMoves(store, moves, now);
    }
  }

  /** Leave the record of a job for the window that looks after it, whichever that is by now. */
  async leave(record: JobRecord): Promise<void> {
    const { claims } = this.options;
    const claim = await claims.of(record.file).catch(() => undefined);
    await leaveNote(claim?.job === record.id ? claim.store : claims.store, record);
  }

  private async standing(file: string): Promise<Standing> {
    const { claims } = this.options;
    const claim = await claims.of(file);
    if (claim === undefined || claim.store === '') return { kind: 'free', claim };
    if (claim.store === claims.store && claim.from === undefined) return { kind: 'mine', claim };
    const { store, record } = await found(claim);
    if (record === undefined) {
      return { kind: claim.store === claims.store ? 'mine' : 'free', claim };
    }
    if (store === claims.store) return { kind: 'mine', claim };
    if (mayStillCome(record)) return { kind: 'coming', claim, record };
    return hasClip(record) ? { kind: 'there', claim, record } : { kind: 'free', claim };
  }

  /**
   * Take a job over from a store that no window looks after. It is claimed first, with word of where it
   * is, and moved in one step, which whoever looks after either store by then has made impossible:
   * wherever this ends, the job is in one store, and the claim tells which.
   */
  private async takeOver(
    claim: Claim,
    { file }: JobRecord,
    request: NewJob,
  ): Promise<JobRecord | 'elsewhere' | 'gone'> {
    const { claims, store } = this.options;
    const { store: root } = await found(claim);
    const lock = this.options.lock.alike(path.join(root, lockFolder));
    try {
      if (!(await lock.claim(AbortSignal.timeout(patienceMs)).catch(() => false))) {
        return 'elsewhere';
      }
      const from = new JobStore(root);
      await from.take(() => lock.confirm());
      const record = await from.find(claim.job);
      if (record === undefined || !mayStillCome(record)) return 'gone';
      const place = takePlace(request.file, takeOf(file));
      if (!(await claims.take(place, record.id, claim, root))) return 'gone';
      await store.receive(record.id, from);
      for (const note of await notesIn(root)) {
        if (note.record.id !== record.id) continue;
        await leaveNote(store.folder, note.record);
        await forgetNote(note);
      }
      const mine = named(record, request);
      await store.save(mine);
      return mine;
    } catch (error) {
      if (error instanceof TakenOverError) return 'elsewhere';
      throw error;
    } finally {
      await lock.release();
    }
  }
}

/** Where the job of a claim really is, and how it stands there. */
async function found({ store, job, from }: Claim): Promise<{
  readonly store: string;
  readonly record: JobRecord | undefined;
}> {
  const record = await new JobStore(store).find(job);
  if (record !== undefined || from === undefined) return { store, record };
  return { store: from, record: await new JobStore(from).find(job) };
}

/** Whether two orders are for the same picture of the same scene. */
export function isSamePicture(a: NewJob, b: NewJob): boolean {
  if (a.drawing !== b.drawing) return false;
  return a.scene.id === b.scene.id && a.pictureHash === b.pictureHash && a.studio === b.studio;
}

/** Whether another window has the clip that is wanted. Who has seen it and orders it all the same wants it once more. */
async function isNews(
  record: JobRecord,
  wanted: NewJob,
  known: (id: string) => boolean,
): Promise<boolean> {
  if (!isSamePicture(record, wanted) || known(record.id)) return false;
  return await exists(clipFileOf(named(record, wanted)));
}

/** With the paths and addresses by which this window knows the same things, and on its list. */
function named(record: JobRecord, { script, file, root }: NewJob): JobRecord {
  const listed = defined({ ...record, unlisted: undefined });
  return { ...listed, script, file: takePlace(file, takeOf(record.file)), root };
}

/** Between this window's look at what others have and its own claim, another one has made the clip. */
export class MadeMeanwhileError extends Error {}

/**
 * Where another window has put a clip there is nothing left to do, but to enlarge that of the very same
 * job, once: who has it as a render that is still to be ordered has stood still while the other one did it.
 */
function expectToBeEnlarged(
  record: JobRecord,
  { claim, record: theirs }: Extract<Standing, { readonly kind: 'there' }>,
): void {
  const isToBeEnlarged = stateOf(record) === 'upscaling' && upscaleOf(theirs)?.state !== 'saved';
  if (theirs.id === record.id && isToBeEnlarged) return;
  throw new ScenewrightError(
    'bad-input',
    t(
      'Another window has made {0} meanwhile ({1}), so nothing was ordered. Remove this job; order it again if you want another one.',
      subjectOf(record),
      claim.window,
    ),
  );
}

function comesElsewhere(
  order: Pick<NewJob, 'drawing' | 'number' | 'scene'>,
  { window }: Claim,
): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'Another window looks after {0} ({1}). It goes on there; nothing was ordered or changed from here.',
      subjectOf(order),
      window,
    ),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
