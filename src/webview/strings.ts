/**
 * Every text of the progress page, in English. The extension translates the values (`{0}`, `{1}` are
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
  tokensInOut: '{0} in, {1} out',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  writeMissing: 'Write Missing Scenes',

  // The strip. `cell` is read aloud: number, title, length, state.
  strip: 'Film strip',
  cell: 'Scene {0}, {1}, {2}, {3}',
  planned: 'planned',
  writing: 'being written',
  retrying: 'being tried again',
  kept: 'kept, not in the script yet',
  written: 'written',
  failed: 'failed',

  // The sentence below the strip.
  statusPlanning: 'Planning the story',
  statusWriting: 'Writing',
  statusBatch: 'Writing batch {0} of {1}',
  statusPaused: 'Paused',
  statusFailed: 'Stopped: {0} of {1} in the script',
  statusCancelled: 'Cancelled: {0} of {1} in the script',
  statusIdle: '{0} of {1} in the script',
  statusKept: '{0} kept',
  statusDone: 'All {0} scenes are in the script',

  // What is being written now, and what went wrong.
  live: 'Being written now',
  attempt: 'Attempt {0}',
  waiting: 'Waiting for the first words',
  problem: 'What went wrong',
  retry: 'Try Again',
  account: 'Change Key',

  // Only heard.
  batchWritten: 'Batch {0} of {1} is in the script. {2} of {3} scenes written.',
  stopped: 'Writing stopped. {0}',

  emptyTitle: 'Nothing is being written',
  emptyHint:
    'Run “Scenewright: New Script” from the Command Palette, or open a script to see its scenes here.',
} as const;

export type TextKey = keyof typeof defaultStrings;
