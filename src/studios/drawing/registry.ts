import { OnlineDrawing, type DrawingDefinition } from './online-drawing.ts';
import type { PictureStudio } from '../port.ts';
import type { DrawingSettings } from './drawing-studio.ts';

/** The studios for pictures on the web, in the order in which they are offered. */
const onlineDrawing = [
  {
    id: 'openai-images',
    label: 'OpenAI-compatible pictures',
    defaultBaseUrl: 'https://api.openai.com/v1',
    exampleModel: 'gpt-image-2',
    load: async () => (await import('./openai-images.ts')).OpenAiImagesStudio,
  },
] as const satisfies readonly DrawingDefinition[];

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

export function createDrawing(provider: DrawingProvider, settings: DrawingSettings): PictureStudio {
  return new OnlineDrawing(drawingDefinition(provider), settings);
}
