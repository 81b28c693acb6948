import { hasClip, type JobRecord, type JobView } from './job.ts';

/** What is known of a job beyond its record; lost with the window, and no loss. */
export interface Live {
  /** 0 to 1. */
  progress?: number;
  bytes?: number;
  total?: number;
  speed?: number;
  /** Why it is not getting on at the moment, though it has not failed. */
  note?: string;
  /** Until when, in milliseconds since the epoch, where that is known. */
  waitingUntil?: number;
}

interface Shown {
  readonly record: JobRecord;
  readonly live: Live;
}

/** The one place where a job becomes something to show. */
export function viewOf({ record, live }: Shown): JobView {
  const { upscale } = record;
  return compact({
    id: record.id,
    script: record.script,
    scene: record.number,
    sceneId: record.scene.id,
    title: record.scene.title,
    studio: record.studio,
    account: record.account,
    state: record.state,
    paused: record.paused,
    stage: record.stage,
    progress: live.progress,
    bytes: live.bytes ?? record.bytes,
    total: live.total,
    speed: live.speed,
    file: hasClip(record) ? record.file : undefined,
    poster: record.poster,
    seconds: record.clipSeconds,
    upscaled: upscale?.kind,
    upscaledFile: upscale?.file,
    error: record.error,
    note: live.note ?? upscale?.note,
    waitingUntil: live.waitingUntil,
  });
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Without the fields that hold nothing. */
function compact(view: Loose<Required<JobView>>): JobView {
  const held = Object.entries(view).filter(([, value]) => value !== undefined);
  return Object.fromEntries(held) as unknown as JobView;
}
