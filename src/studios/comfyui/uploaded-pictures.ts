import { createHash } from 'node:crypto';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { field, text } from '../answer.ts';
import {
  takesAll,
  takesNoMore,
  type OrderPictures,
  type Picture,
  type TakenPictures,
} from '../pictures.ts';
import type { ServiceCall } from '../service.ts';
import type { Bindings } from './binding-keys.ts';

/** The pictures of an order as a server names them once it has them. */
export interface UploadedPictures {
  readonly firstFrame?: string;
  readonly lastFrame?: string;
  readonly references: readonly string[];
}

/** Which pictures a workflow has places for. */
export function placedPictures({ places }: Bindings): TakenPictures | undefined {
  const [first, last] = [places.firstFrame.length > 0, places.lastFrame.length > 0];
  const references = places.references.length;
  if (!first && !last && references === 0) return undefined;
  return {
    firstFrame: first,
    // Beside a first frame of the workflow's own it would end something else.
    lastFrame: last && (first || 'alone'),
    ...(references === 0 ? {} : { references }),
  };
}

/**
 * Hand the pictures of an order to the server that is to draw with them: all of them, or none where it has no
 * places for all. Costs nothing, and may be done again.
 *
 * @param isDrawn whether a picture is made with them, and no clip
 */
export async function uploadedPictures(
  call: ServiceCall,
  pictures: OrderPictures,
  bindings: Bindings,
  isDrawn = false,
): Promise<UploadedPictures> {
  if (!takesAll(pictures, placedPictures(bindings) ?? {})) throw takesNoMore(isDrawn);
  const { firstFrame, lastFrame, references } = pictures;
  const names: string[] = [];
  // One after the other: each is as large as the rest of what is said to a server in an hour.
  for (const one of references) names.push(await upload(call, one));
  return {
    ...(firstFrame === undefined ? {} : { firstFrame: await upload(call, firstFrame) }),
    ...(lastFrame === undefined ? {} : { lastFrame: await upload(call, lastFrame) }),
    references: names,
  };
}

/** A folder of our own among the server's pictures. */
const subfolder = 'scenewright';

const endings = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;

/** The same picture has the same name, so that a server keeps one of it; the writer's own is nobody's business. */
async function upload(call: ServiceCall, { type, bytes }: Picture): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const image = { name: `${hash}.${endings[type]}`, type, bytes };
  const answer = await call.upload('/upload/image', {
    image,
    type: 'input',
    subfolder,
    overwrite: 'true',
  });
  const name = text(field(answer, 'name'));
  if (name === undefined) {
    throw new ScenewrightError(
      'bad-answer',
      call.host.say((host) =>
        t(
          'The picture was handed over, but {0} does not say what it calls it. Nothing was ordered.',
          host,
        ),
      ),
    );
  }
  const folder = text(field(answer, 'subfolder')) ?? '';
  return folder === '' ? name : `${folder}/${name}`;
}
