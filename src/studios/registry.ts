import { ark } from './ark.ts';
import { comfyUi } from './comfyui.ts';
import { fal } from './fal.ts';
import { gemini } from './gemini.ts';
import { openAiVideos } from './openai-videos.ts';
import { openRouter } from './openrouter.ts';
import { replicate } from './replicate.ts';
import { runway } from './runway.ts';
import type { StudioDefinition } from './web-studio.ts';

/**
 * The studios on the web, in the order in which they are offered. A new one is its adapter's file
 * and a line here; tests say what the manifest and the documentation have to say of it.
 */
export const onlineStudios = [
  openAiVideos,
  openRouter,
  gemini,
  fal,
  replicate,
  runway,
  ark,
  comfyUi,
] as const;

/** The id that settings, records and accounts know a studio by. */
export type OnlineProvider = (typeof onlineStudios)[number]['id'];

export const onlineProviders: readonly OnlineProvider[] = onlineStudios.map(({ id }) => id);

const byId: ReadonlyMap<string, StudioDefinition> = new Map(
  onlineStudios.map((definition) => [definition.id, definition]),
);

export function isOnline(provider: string): provider is OnlineProvider {
  return byId.has(provider);
}

export function onlineStudio(provider: OnlineProvider): StudioDefinition {
  const definition = byId.get(provider);
  if (definition === undefined) throw new Error(`There is no studio ${provider}.`);
  return definition;
}
