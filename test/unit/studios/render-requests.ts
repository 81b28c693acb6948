import type { Scene } from '../../../src/script/script-model.ts';
import type { RenderRequest } from '../../../src/studios/port.ts';

/** A render request with the given parts; everything else is empty or ordinary. */
export function requestFor(
  scene: Partial<Scene> = {},
  more: Partial<RenderRequest> = {},
): RenderRequest {
  const whole: Scene = {
    id: 'k3x9aa',
    title: 'The lamp goes out',
    seconds: 1,
    place: 'Lighthouse',
    time: 'night',
    cast: ['Mara'],
    action: 'Mara climbs the stairs.',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: '',
    ...scene,
  };
  return {
    jobId: `job-${whole.id}`,
    scene: whole,
    number: 12,
    scriptTitle: 'The Keeper',
    style: '',
    aspect: '16:9',
    seconds: whole.seconds,
    prompt: whole.prompt,
    ...more,
  };
}
