import assert from 'node:assert/strict';
import { clipBytes } from '../../../src/jobs/clip-size.ts';

describe('the size of clips', () => {
  it('is estimated by the seconds', () => {
    assert.equal(clipBytes(0), 0);
    assert.ok(clipBytes(600) === 10 * clipBytes(60));
  });
});
