import { fileURLToPath } from 'node:url';
import { lazily } from '../../src/base/lazily.ts';
import { OfflineScaffold, type OfflineOptions } from '../../src/models/offline/offline-scaffold.ts';
import { readStories } from '../../src/models/offline/read-stories.ts';

/** What the offline writer tells its stories from, as it ships. */
export const stories = lazily(() =>
  readStories(fileURLToPath(new URL('../../resources/stories', import.meta.url))),
);

/** The offline writer with the stories that ship. */
export async function offlineWriter(
  options: Omit<OfflineOptions, 'stories'> = {},
): Promise<OfflineScaffold> {
  return new OfflineScaffold({ stories: await stories(), ...options });
}
