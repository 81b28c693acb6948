import type { Services } from '../accounts/services.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import { ClipPrices } from '../render/clip-prices.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { CardTools } from './scene-card.ts';

/** What the cards of scenes are made from, wherever they are shown. */
export function registerCards(
  scripts: OpenScripts,
  { manager, clips }: VideoJobs,
  { chosen }: Services,
): CardTools {
  return { scripts, clips, view: (job) => manager.view(job), prices: new ClipPrices(chosen) };
}
