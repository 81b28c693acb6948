import { ScenewrightError } from '../base/errors.ts';
import { exists } from '../base/files.ts';
import { t } from '../base/l10n.ts';
import { KeptPictures } from '../studios/drawing/kept-pictures.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PictureStudio,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../studios/port.ts';
import { aspects } from '../script/script-model.ts';
import type { AnimaticFiles } from './animatic-files.ts';
import { RenderPool } from './render-pool.ts';

export interface AnimaticPicturesOptions extends AnimaticFiles {
  /** Absolute; made when missing. Finished pictures wait here until they are in their place. */
  readonly outputFolder: string;
}

/** More pictures beside a prompt than any scene has: none of them is needed to draw it, and none is in the way. */
const mostReferences = 99;

/**
 * Draws sheets and stills on this computer, from the words alone: everybody has the colours and the build of their
 * look in each, so that they are told apart.
 */
export class AnimaticPictures implements PictureStudio {
  readonly id = 'animatic';
  readonly label = t('Animatic (on this computer)');
  readonly needsAccount = false;
  readonly pollMs = 0;
  private readonly kept: KeptPictures;
  private readonly pool: RenderPool;

  constructor(options: AnimaticPicturesOptions) {
    this.kept = new KeptPictures(options.outputFolder);
    this.pool = new RenderPool({ ...options, parallel: 1 });
  }

  capabilities(): Promise<DrawingCapabilities> {
    return Promise.resolve({ aspects, references: mostReferences });
  }

  async draw(request: DrawRequest, { signal }: StudioContext): Promise<RemoteJob> {
    const { jobId } = request;
    const file = this.kept.place(jobId);
    const words = { ...request, references: [] };
    if (!(await exists(file))) await this.pool.drawing({ request: words, file }, signal);
    return { remoteId: jobId };
  }

  poll(): Promise<PollAnswer> {
    return Promise.resolve({ state: 'ready' });
  }

  async result({ remoteId }: RemoteJob): Promise<ClipSource> {
    const path = this.kept.place(remoteId);
    if (await exists(path)) return { kind: 'file', path };
    throw new ScenewrightError('refused', t('The picture is not there any more'));
  }

  async release({ remoteId }: RemoteJob): Promise<void> {
    await this.kept.forget(remoteId);
  }

  /** Ends the thread. */
  async dispose(): Promise<void> {
    await this.pool.dispose();
  }
}
