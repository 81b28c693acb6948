import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Http } from '../../../src/net/http.ts';
import { isOnline, onlineStudio, onlineStudios } from '../../../src/studios/registry.ts';
import type { StudioDefinition } from '../../../src/studios/web-studio.ts';

const studios: readonly StudioDefinition[] = onlineStudios;
const source = path.join(import.meta.dirname, '../../../src/studios');

describe('the list of studios', () => {
  it('has every adapter that there is, and each has the test of the contract', async () => {
    const names = (await readdir(source)).filter((name) => name.endsWith('.ts'));
    let adapters = 0;
    for (const name of names) {
      const adapter = await readFile(path.join(source, name), 'utf8');
      const [, variable] =
        /export const (\w+) = \{[\s\S]*? satisfies StudioDefinition/.exec(adapter) ?? [];
      if (variable === undefined) continue;
      adapters++;
      const exported = (await import(path.join(source, name))) as Record<string, StudioDefinition>;
      const definition = exported[variable] ?? assert.fail();
      assert.ok(
        studios.includes(definition),
        `src/studios/registry.ts needs: import { ${variable} } from './${name}'; and ${variable} in its list`,
      );
      const test = name.replace(/\.ts$/, '.test.ts');
      const contract = await readFile(path.join(import.meta.dirname, test), 'utf8').catch(() => '');
      assert.ok(
        contract.includes(`behavesLikeAStudio('${definition.id}'`),
        `test/unit/studios/${test} has to call behavesLikeAStudio('${definition.id}', …)`,
      );
    }
    assert.equal(adapters, studios.length);
  });

  it('names each once, and knows it by its name', () => {
    for (const name of ['id', 'label', 'description'] as const) {
      assert.equal(new Set(studios.map((studio) => studio[name])).size, studios.length, name);
    }
    for (const { id } of studios) assert.ok(isOnline(id) && onlineStudio(id).id === id);
    for (const id of ['animatic', '', 'constructor', 'FAL']) assert.ok(!isOnline(id), id);
  });

  it('says of each what the adapter itself says, and sends no key unencrypted by default', async () => {
    const http = new Http({ systemCertificates: false });
    for (const { id, label, defaultBaseUrl = 'https://a.example', create } of studios) {
      const studio = create({ baseUrl: defaultBaseUrl, model: 'm', http });
      assert.deepEqual([studio.id, studio.label, studio.needsAccount], [id, label, true]);
      assert.equal(new URL(defaultBaseUrl).protocol, 'https:');
    }
    await http.close();
  });
});
