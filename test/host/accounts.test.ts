import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { api, run, set } from './support.ts';

const idea = 'A locksmith who never asks twice';

/** A service that remembers what it was asked with, and refuses. */
class Ear {
  readonly heard: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.heard.push(request.headers.authorization ?? '');
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'No.' } }));
  });

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('accounts in VS Code', () => {
  let ours: Ear;
  let theirs: Ear;

  before(async () => {
    ours = await new Ear().open();
    theirs = await new Ear().open();
    await set('writer.provider', 'openai');
  });

  after(async () => {
    await set('writer.provider', undefined);
    await set('writer.baseUrl', undefined);
    await ours.close();
    await theirs.close();
  });

  const write = async (): Promise<void> => {
    const { scenes } = await run('scenewright.newScript', { idea, duration: 8 });
    assert.equal(scenes, 0);
  };

  it('are for the address of the settings when they are added, or for the one they are added with', async () => {
    await set('writer.baseUrl', ours.address);
    const account = { provider: 'openai', secret: 'sk-of-ours' };
    await run('scenewright.addAccount', { ...account, name: 'Of the settings' });
    await write();
    assert.deepEqual([...new Set(ours.heard)], ['Bearer sk-of-ours']);
    await set('writer.baseUrl', theirs.address);
    await write();
    assert.deepEqual([...new Set(theirs.heard)], ['']);
    const address = theirs.address;
    const second = { provider: 'openai', name: 'Named', secret: 'sk-of-theirs', address };
    await run('scenewright.addAccount', second);
    await write();
    assert.deepEqual([...new Set(theirs.heard)], ['', 'Bearer sk-of-theirs']);
    assert.ok(!ours.heard.includes('Bearer sk-of-theirs'));
  });

  // VS Code shows no modal questions in tests: what would ask them is refused.
  it('get no key for another address, and none to be sent unencrypted, without a question', async () => {
    const named = { provider: 'openai', name: 'Asked about' };
    const { id } = await run('scenewright.addAccount', {
      ...named,
      secret: 'sk-first',
      address: ours.address,
    });
    const moved = { ...named, secret: 'sk-second', address: theirs.address };
    await assert.rejects(run('scenewright.addAccount', moved));
    const open = { ...named, name: 'Open', secret: 'sk-3', address: 'http://example.com' };
    await assert.rejects(run('scenewright.addAccount', open));
    const again = { ...named, secret: 'sk-fourth', address: ours.address };
    assert.deepEqual(await run('scenewright.addAccount', again), { id });
    await set('writer.baseUrl', theirs.address);
    await write();
    assert.ok(!theirs.heard.includes('Bearer sk-second'));
    await set('writer.baseUrl', ours.address);
    await write();
    assert.ok(ours.heard.includes('Bearer sk-fourth'));
    assert.ok(!ours.heard.includes('Bearer sk-first'));
    const { consent } = await api();
    await run('scenewright.addAccount', { ...moved, confirmed: consent });
    await set('writer.baseUrl', theirs.address);
    await write();
    assert.ok(theirs.heard.includes('Bearer sk-second'));
  });
});
