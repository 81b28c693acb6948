import assert from 'node:assert/strict';
import { ScenewrightError } from '../../src/base/errors.ts';

/** Resolves with the error that `promise` must fail with. */
export async function failure(promise: Promise<unknown>): Promise<ScenewrightError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ScenewrightError, String(error));
    return error;
  }
  assert.fail('It should have failed.');
}
