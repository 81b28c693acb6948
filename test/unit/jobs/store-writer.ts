/** A process that writes records as fast as it can and reports each that is durable, to be killed. */
import { JobStore } from '../../../src/jobs/job-store.ts';
import { recordOf } from './world.ts';

const store = new JobStore(process.argv[2] ?? '');
const { records } = await store.load();
const latest = Math.max(0, ...records.map(({ updatedAt }) => updatedAt));
for (let round = latest + 1; ; round++) {
  await Promise.all(
    Array.from({ length: 5 }, async (_, index) => {
      const record = recordOf({
        id: `job-${index}`,
        updatedAt: round,
        prompt: 'x'.repeat(1000 + ((round * 997) % 20_000)),
      });
      await store.save(record);
      process.send?.({ id: record.id, updatedAt: record.updatedAt });
    }),
  );
}
