/** Environment variables that say what is run inside the extension host. */

/** File that the results are written to. */
export const resultsVariable = 'SCENEWRIGHT_TEST_RESULTS';

/** Folder below `test` whose tests are run: see {@link SuiteName}. */
export const suiteVariable = 'SCENEWRIGHT_TEST_SUITE';

/** Part of the names of files of tests, where a person wants to run only those; unset for all. */
export const onlyVariable = 'SCENEWRIGHT_TEST_ONLY';

/** Folder of VS Code's own data, the extension's storage included. */
export const profileVariable = 'SCENEWRIGHT_TEST_PROFILE';

/**
 * The tests of the extension in its host; those for a folder that is not trusted, for a window
 * without a folder and for one with several; or the unit tests, which run anywhere.
 */
export type SuiteName = 'host' | 'untrusted' | 'no-folder' | 'several-folders' | 'unit';
