import { onlineProviders, onlineStudio, type OnlineProvider } from '../../studios/registry.ts';
import {
  drawingDefinition,
  drawingProviders,
  isDrawingProvider,
  type DrawingProvider,
} from '../../studios/drawing/registry.ts';
import type { StudioDefinition } from '../../studios/web-studio.ts';

/** Whoever takes a key beside the writer's endpoint: the studios on the web, for clips and for pictures. */
export type ServiceProvider = OnlineProvider | DrawingProvider;

export const serviceProviders: readonly ServiceProvider[] = [
  ...onlineProviders,
  ...drawingProviders,
];

type AccountService = Pick<StudioDefinition, 'label' | 'defaultBaseUrl' | 'serverPerAccount'>;

/** What is to be known of it to keep its keys. */
export function accountService(provider: ServiceProvider): AccountService {
  return isDrawingProvider(provider) ? drawingDefinition(provider) : onlineStudio(provider);
}
