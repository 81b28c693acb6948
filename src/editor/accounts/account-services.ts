import {
  isOnline,
  onlineProviders,
  onlineStudio,
  type OnlineProvider,
} from '../../studios/registry.ts';
import {
  drawingDefinition,
  drawingProviders,
  type DrawingProvider,
} from '../../studios/drawing/registry.ts';
import type { StudioDefinition } from '../../studios/web-studio.ts';

/** Whoever takes a key beside the writer's endpoint: the services on the web, for clips, pictures or both. */
export type ServiceProvider = OnlineProvider | DrawingProvider;

export const serviceProviders: readonly ServiceProvider[] = [
  ...new Set([...onlineProviders, ...drawingProviders]),
];

type AccountService = Pick<StudioDefinition, 'label' | 'defaultBaseUrl' | 'serverPerAccount'>;

/** What is to be known of it to keep its keys. */
export function accountService(provider: ServiceProvider): AccountService {
  return isOnline(provider) ? onlineStudio(provider) : drawingDefinition(provider);
}
