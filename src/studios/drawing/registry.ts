import { openAiImages } from './openai-images.ts';
import type { DrawingDefinition } from './drawing-studio.ts';

/** The studios for pictures on the web, in the order in which they are offered. */
const onlineDrawing = [openAiImages] as const;

/** The id that settings, records and accounts know one by. */
export type DrawingProvider = (typeof onlineDrawing)[number]['id'];

export const drawingProviders: readonly DrawingProvider[] = onlineDrawing.map(({ id }) => id);

const byId: ReadonlyMap<string, DrawingDefinition> = new Map(
  onlineDrawing.map((definition) => [definition.id, definition]),
);

export function isDrawingProvider(provider: string): provider is DrawingProvider {
  return byId.has(provider);
}

export function drawingDefinition(provider: DrawingProvider): DrawingDefinition {
  const definition = byId.get(provider);
  if (definition === undefined) throw new Error(`There is no studio for pictures ${provider}.`);
  return definition;
}
