import type { ClipSource } from '../studios/port.ts';

export interface DownloadRequest {
  /** Which render this is: what was fetched of another one is never mixed in. */
  readonly key: string;
  /** Where to fetch from. Asked once more when the first answer has been refused or expired. */
  readonly source: (signal: AbortSignal) => Promise<ClipSource>;
  /**
   * The clip's final place, named as an MP4, and the folder that it must really be in; absolute paths.
   * A clip of another kind goes there under its own ending.
   */
  readonly file: string;
  readonly root: string;
  /**
   * Another place, where that one is taken by the time the clip comes: nothing is ever replaced. Absent
   * where there is no other; then the clip is not put in place.
   */
  readonly elsewhere?: () => Promise<string>;
  /** Who fetches it, where another window might as well. */
  readonly holder?: Holder;
  /** About how large the clip is, where that is known: the largest that waits goes first. */
  readonly expectedBytes?: number;
  /** Whether the clip may come from an address that is not on the public internet. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** A place among the parallel downloads is free, and it begins. */
  readonly onStart?: () => void;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** The server has been silent for long since it was asked, and is waited for. */
  readonly onWaiting?: () => void;
}

export interface Holder {
  /** Twelve hexadecimal digits that no other window has. */
  readonly name: string;
  /**
   * Asked before anything is put in place; throws when it is not this window's clip any more, or when
   * this window is closing, an error that says so.
   */
  readonly confirm: () => Promise<void>;
}

export interface DownloadProgress {
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second. */
  readonly speed?: number;
}
