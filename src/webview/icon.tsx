import type { VNode } from 'preact';
import type { Face } from './cell-face.ts';

/** A codicon that says nothing a text beside it does not say. */
export function Icon({ name }: { readonly name: string }): VNode {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}

/** Shapes that can be told apart without their colours. */
export const stateIcons: Readonly<Record<Face, string>> = {
  planned: 'circle-small',
  writing: 'edit',
  retrying: 'refresh',
  mending: 'link',
  kept: 'pass',
  written: 'pass-filled',
  failed: 'error',
  drawing: 'paintcan',
  drawn: 'device-camera',
  rendering: 'sync',
  rendered: 'device-camera-video',
  stale: 'history',
  renderFailed: 'warning',
};
