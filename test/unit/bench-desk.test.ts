import assert from 'node:assert/strict';
import type { Profiler } from 'node:inspector';
import { OwnTime } from '../../bench/desk/own-time.ts';

/** A stack, from the outermost frame on: `file` or `(idle)`. */
type Stack = readonly string[];

/** A profile with a look every millisecond. */
function profileOf(stacks: readonly Stack[]): Profiler.Profile {
  const nodes: Profiler.ProfileNode[] = [];
  const ids = new Map<string, number>();
  const idOf = (stack: Stack): number => {
    const key = stack.join('>');
    const known = ids.get(key);
    if (known !== undefined) return known;
    const parent = stack.length === 0 ? undefined : idOf(stack.slice(0, -1));
    const id = nodes.length + 1;
    ids.set(key, id);
    const last = stack.at(-1) ?? '(root)';
    const isOfEngine = last.startsWith('(');
    const functionName = isOfEngine ? last : 'f';
    const url = isOfEngine ? '' : last;
    const callFrame = { functionName, url, scriptId: '0', lineNumber: 0, columnNumber: 0 };
    nodes.push({ id, callFrame, children: [] });
    nodes.find((node) => node.id === parent)?.children?.push(id);
    return id;
  };
  const samples = stacks.map(idOf);
  return {
    ...{ nodes, samples, startTime: 0, endTime: 1000 * stacks.length },
    timeDeltas: samples.map((_, i) => (i === 0 ? 0 : 1000)),
  };
}

const isOurs = (url: string): boolean => url.startsWith('/ours/');
const idle: Stack = ['(idle)'];

describe('whose work the thread of the extension host does', () => {
  it('is ours from our outermost frame on, whoever has called it and whatever it calls', () => {
    const profile = profileOf([
      ['/host.js'],
      ['/host.js', '/ours/a.cjs'],
      ['/host.js', '/ours/a.cjs', '/host.js', 'node:fs'],
      ['/other/dist/extension.js', 'node:fs'],
    ]);
    const time = new OwnTime(profile, isOurs).of({ from: 0, to: 4, cpu: 40 }, 0);
    assert.deepEqual(time, { ours: 20, garbage: 0, all: 40 });
  });

  it('is what the system says, however long the thread was kept from it', () => {
    const profile = profileOf([['/ours/a.cjs'], ['/host.js'], ['(garbage collector)'], idle, idle]);
    const time = new OwnTime(profile, isOurs);
    assert.deepEqual(time.of({ from: 0, to: 5, cpu: 9 }, 0), { ours: 3, garbage: 3, all: 9 });
    assert.deepEqual(time.of({ from: 0, to: 2, cpu: 9 }, 0), { ours: 4.5, garbage: 0, all: 9 });
  });

  it('is not what the looks themselves take while there is nothing to do', () => {
    const profile = profileOf([idle, idle, idle, idle, ['/ours/a.cjs'], ['/host.js'], idle, idle]);
    const time = new OwnTime(profile, isOurs);
    const cost = time.lookCost({ from: 0, to: 4, cpu: 2 });
    assert.equal(cost, 0.5);
    assert.deepEqual(time.of({ from: 4, to: 8, cpu: 11 }, cost), { ours: 5, garbage: 0, all: 10 });
    assert.deepEqual(time.of({ from: 0, to: 4, cpu: 2 }, cost), { ours: 0, garbage: 0, all: 0 });
  });
});
