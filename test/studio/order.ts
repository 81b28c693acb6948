import { z } from 'zod';
import type { Aspect, Scene } from '../../src/script/script-model.ts';
import type { Picture } from '../../src/studios/pictures.ts';
import type { RenderRequest } from '../../src/studios/port.ts';

const aspects: Readonly<Record<string, Aspect>> = {
  '1280x720': '16:9',
  '720x1280': '9:16',
  '1024x1024': '1:1',
};

/** What `POST /v1/videos` takes. */
export const orderSchema = z.object({
  model: z.string().min(1),
  prompt: z.string().min(1).max(32_000),
  seconds: z
    .string()
    .regex(/^\d+$/)
    .refine((text) => Number(text) >= 1 && Number(text) <= 20, 'must be 1 to 20'),
  size: z.enum(['1280x720', '720x1280', '1024x1024']),
});
export type Order = z.infer<typeof orderSchema>;

/** A studio is told nothing but the prompt, so the picture is made of that alone. */
export function requestOf(order: Order, id: string, firstFrame?: Picture): RenderRequest {
  const seconds = Number(order.seconds);
  const scene: Scene = {
    id,
    title: titleOf(order.prompt),
    seconds,
    place: placeOf(order.prompt),
    time: timeOf(order.prompt),
    cast: [],
    action: order.prompt,
    dialogue: [],
    narration: '',
    sound: '',
    prompt: order.prompt,
  };
  return {
    jobId: id,
    scene,
    number: 0,
    scriptTitle: 'Sample studio',
    style: order.prompt,
    aspect: aspects[order.size] ?? '16:9',
    seconds,
    prompt: order.prompt,
    ...(firstFrame === undefined ? {} : { pictures: { firstFrame, references: [] } }),
  };
}

const camera = /\b(?:shot|close-up|angle|view|establishing)\b/iu;

/** The first sentence that tells what happens; prompts often begin with how the camera stands. */
function titleOf(prompt: string): string {
  const sentences = prompt.replaceAll(/\s*\([^)]*\)/gu, '').split(/[.\n]/u);
  const telling =
    sentences.find((sentence) => wordsOf(sentence).length > 4 && !camera.test(sentence)) ??
    sentences[0] ??
    '';
  const words = wordsOf(telling);
  if (words.length === 0) return 'Untitled';
  return words.length > 8 ? `${words.slice(0, 8).join(' ')} …` : words.join(' ');
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** What follows `Setting:`, up to where it goes into details. */
function placeOf(prompt: string): string {
  return /\bsetting:\s*([^,.;(\n]+)/iu.exec(prompt)?.[1]?.trim() ?? '';
}

/** The first time of day that the prompt names, for the light of the picture. */
function timeOf(prompt: string): string {
  return /\b(dawn|morning|noon|afternoon|dusk|evening|night)\b/iu.exec(prompt)?.[0] ?? '';
}
