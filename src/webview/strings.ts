/**
 * Every text of the film page, in English. The extension translates the values (`{0}`, `{1}` are
 * filled in by the page) and puts them into the page's HTML under the same keys.
 */
export const defaultStrings = {
  // The line above the strip.
  facts: 'Progress',
  controls: 'Writing',
  scenes: '{0} of {1} scenes',
  elapsed: '{0} elapsed',
  remaining: 'about {0} left',
  almostDone: 'a moment left',
  tokens: '{0} tokens',
  tokensOf: '{0} of about {1} tokens',
  tokensInOut: '{0} in, {1} out',
  cost: 'cost {0}',
  costOf: 'cost {0} of about {1}',
  places: '{0} at once',
  paceBatches: 'One batch after the other',
  paceSliding: 'Each scene as soon as a place is free, in order',
  pacePlanned: 'Whatever the plan lets be written side by side',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  writeMissing: 'Write Missing Scenes',
  render: 'Render Scenes',
  assemble: 'Assemble Video',
  length: '{0} of {1}',
  lengthHint: 'The length of all scenes, and that of the brief',
  renderedCount: '{0} rendered',
  staleCount: '{0} stale',
  renderingCount: '{0} on the way',
  failedCount: '{0} failed',
  spent: '{0} ordered',
  toCome: 'about {0} to come',

  // The strip. `cell` is read aloud: number, title, length, state, and what is to be looked at.
  strip: 'Film strip',
  cell: 'Scene {0}, {1}, {2}, {3}',
  cellFlagged: 'Scene {0}, {1}, {2}, {3}. To look at: {4}',
  planned: 'planned',
  writing: 'being written',
  retrying: 'being tried again',
  mending: 'being written again to go with the scene before it',
  kept: 'kept, not in the script yet',
  written: 'written',
  failed: 'failed',
  rendering: 'written, being rendered',
  rendered: 'rendered',
  stale: 'rendered, and changed since',
  renderFailed: 'written, could not be rendered',

  // The sentence below the strip.
  statusPlanning: 'Planning the story',
  planOutlineOf: 'Planning the scenes: {0} of {1}',
  resting: 'The service asks for a pause: {0}',
  outage: 'The service is not answering; trying again in {0}',
  outageNow: 'The service is not answering; trying again',
  tryNow: 'Try Now',
  stop: 'Stop',
  statusWriting: 'Writing',
  statusBoth: 'Writing; {0} of {1} scenes are planned',
  statusBatch: 'Writing batch {0} of {1}',
  statusBatches: 'Writing batches {0} to {1} of {2}',
  statusPaused: 'Paused',
  statusFailed: 'Stopped: {0} of {1} in the script',
  statusCancelled: 'Cancelled: {0} of {1} in the script',
  statusIdle: '{0} of {1} in the script',
  statusKept: '{0} kept',
  statusDone: 'All {0} scenes are in the script',
  statusRendering: 'Rendering: {0} of {1} scenes have their clips',
  statusRendered: 'All {0} scenes are rendered',

  // What is being written now, and what went wrong.
  live: 'Being written now',
  attempt: 'Attempt {0}',
  waiting: 'Waiting for the first words',
  notes: 'Notes',
  manyNotes: '{0} notes',
  unwatched: 'The service does not say how many tokens it counts, so the budget cannot be watched.',
  problem: 'What went wrong',
  retry: 'Try Again',
  account: 'Change Key',

  // Video jobs that are under way or want something.
  jobs: 'Video jobs',
  moreJobs: '{0} more',
  jobPause: 'Pause: {0}',
  jobResume: 'Resume: {0}',
  jobRetry: 'Retry: {0}',
  jobCancel: 'Cancel: {0}',

  // The scene under the cursor.
  scene: 'Scene {0}',
  goToScene: 'Go to Scene',
  openClip: 'Open Clip',
  renderScene: 'Render',
  renderAgain: 'Render Again',
  retryRender: 'Retry Render',
  narration: 'Narration',
  sound: 'Sound',
  cast: 'Cast',
  prompt: 'Prompt, as it is sent',
  noPicture: 'No picture yet',
  notPlayable: 'This clip cannot be played here.',

  // Only heard.
  moved: '{0} is scene {1} of {2} now.',
  batchWritten: 'Batch {0} of {1} is in the script. {2} of {3} scenes written.',
  stopped: 'Writing stopped. {0}',

  emptyTitle: 'No script is open',
  emptyHint:
    'Run “Scenewright: New Script” from the Command Palette, or open a script to see its scenes here.',
} as const;

export type TextKey = keyof typeof defaultStrings;
