import { t } from '../../base/l10n.ts';
import { OnlineDrawing, type DrawingDefinition } from './online-drawing.ts';
import type { PictureStudio } from '../port.ts';
import type { DrawingSettings } from './drawing-studio.ts';

/** The studios for pictures on the web, in the order in which they are offered. */
const onlineDrawing = [
  {
    id: 'openai-images',
    get label() {
      return t('OpenAI-compatible pictures');
    },
    defaultBaseUrl: 'https://api.openai.com/v1',
    exampleModel: 'gpt-image-2',
    mayBeOwnServer: true,
    load: async () => (await import('./openai-images.ts')).OpenAiImagesStudio,
  },
  {
    id: 'openrouter',
    label: 'OpenRouter',
    defaultBaseUrl: 'https://openrouter.ai/api/v1',
    exampleModel: 'bytedance-seed/seedream-4.5',
    load: async () => (await import('./openrouter-images.ts')).OpenRouterImagesStudio,
  },
  {
    id: 'gemini',
    label: 'Google Gemini',
    defaultBaseUrl: 'https://generativelanguage.googleapis.com',
    exampleModel: 'gemini-nano-banana-2.1',
    load: async () => (await import('./gemini-images.ts')).GeminiImagesStudio,
  },
  {
    id: 'fal',
    label: 'fal',
    defaultBaseUrl: 'https://queue.fal.run',
    exampleModel: 'google/nano-banana-2.1',
    isQueued: true,
    load: async () => (await import('./fal-images.ts')).FalImagesStudio,
  },
  {
    id: 'comfyui',
    label: 'ComfyUI',
    exampleModel: 'comfyui/flux.json',
    isQueued: true,
    load: async () => (await import('./comfyui-images.ts')).ComfyUiImagesStudio,
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

/** Makes the studios for pictures, one for the same settings: what it has learnt of its service is kept. */
export class DrawingFactory {
  private readonly tools: Omit<DrawingSettings, 'baseUrl' | 'model'>;
  private readonly made = new Map<string, PictureStudio>();

  constructor(tools: Omit<DrawingSettings, 'baseUrl' | 'model'>) {
    this.tools = tools;
  }

  at(provider: DrawingProvider, baseUrl: string, model: string): PictureStudio {
    const key = JSON.stringify([provider, baseUrl, model]);
    const studio = this.made.get(key) ?? createDrawing(provider, { ...this.tools, baseUrl, model });
    this.made.set(key, studio);
    return studio;
  }
}
