import { field, items, text } from '../answer.ts';
import { pictureType } from '../pictures.ts';

/** A picture as a service hands it over in its answer. */
export type DrawnPicture =
  | { readonly kind: 'inside'; readonly bytes: Uint8Array }
  /** As the service has written it; it may lead anywhere. */
  | { readonly kind: 'address'; readonly address: string };

/** Fields that services have pictures in, whole or by their address. */
const wholeFields = ['b64_json', 'b64', 'base64', 'image_base64'];
const addressFields = ['url', 'image_url'];

/**
 * The first picture of an answer in the shape of OpenAI's `/images`: `data` with what each is in base64, or where it
 * lies. What is called the one and is the other is taken for what it is, and what is no picture is passed over.
 */
export function drawnPicture(answer: unknown): DrawnPicture | undefined {
  for (const name of ['data', 'images', 'output']) {
    const value = field(answer, name);
    for (const one of Array.isArray(value) ? items(value) : [value]) {
      const found = pictureIn(one);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function pictureIn(value: unknown): DrawnPicture | undefined {
  const said = [
    text(value),
    ...[...wholeFields, ...addressFields].map((name) => text(field(value, name))),
    text(field(value, 'image_url', 'url')),
  ];
  for (const one of said) {
    if (one === undefined) continue;
    const bytes = bytesIn(one);
    if (bytes !== undefined) return { kind: 'inside', bytes };
    if (isAddress(one)) return { kind: 'address', address: one };
  }
  return undefined;
}

/** By what it is, for nobody calls base64 by one name. */
function bytesIn(value: string): Uint8Array | undefined {
  const digits = value.replace(/^data:[^,]{0,100};base64,/i, '');
  if (!/^[\w+/-]{24}/.test(digits)) return undefined;
  const head = Buffer.from(digits.slice(0, 32), 'base64');
  return pictureType(head) === undefined ? undefined : Buffer.from(digits, 'base64');
}

/** A whole address, or one of the service's own server. */
function isAddress(value: string): boolean {
  return value.length < 8192 && /^(?:https?:\/\/|\/(?!\/))\S+$/i.test(value);
}
