import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Loopback, json, type Asked } from '../unit/net/loopback.ts';

type Nodes = Readonly<Record<string, { readonly class_type: string; readonly inputs: object }>>;

interface Run {
  readonly id: string;
  readonly nodes: Nodes;
}

export interface ComfyUiOptions {
  /** The key that a proxy before it wants; absent where there is none. */
  readonly key?: string;
  /** The bytes of every clip. */
  readonly clip: Buffer;
  /** The bytes of every picture, for workflows that save one. */
  readonly picture?: Buffer;
  /** What `GET /object_info/{class}` answers, by class. */
  readonly info?: Readonly<Record<string, unknown>>;
  /** Classes of nodes that are not installed. */
  readonly missingNodes?: readonly string[];
  /** Files of models that are not there. */
  readonly missingModels?: readonly string[];
  /** It refuses every picture. */
  readonly takesNoPictures?: boolean;
  /** What runs is finished when it is asked after. */
  readonly isQuick?: boolean;
  /** As of 2024: runs are named by the server alone, and an interruption hits whatever runs. */
  readonly isOld?: boolean;
}

/**
 * A server of ComfyUI on loopback, by its documented routes and its public source: one run after the
 * other, each until a test says how it ends.
 */
export class ComfyUiServer {
  readonly loopback: Loopback;
  /** What stopped by a word from outside. */
  readonly interrupted: string[] = [];
  /** How the answer to an order is lost, where a test wants that. */
  loseAnswer = false;
  private readonly options: ComfyUiOptions;
  private running: Run | undefined;
  private pending: Run[] = [];
  private history = new Map<string, unknown>();
  /** The pictures that it was handed, by the names that nodes load them by. */
  readonly pictures = new Map<string, Buffer>();
  /** How many videos it has made. */
  finished = 0;

  private constructor(options: ComfyUiOptions, loopback: Loopback) {
    this.options = options;
    this.loopback = loopback;
  }

  static async start(options: ComfyUiOptions): Promise<ComfyUiServer> {
    const loopback = await Loopback.start(() => undefined);
    const server = new ComfyUiServer(options, loopback);
    loopback.answer = (asked, response, request) => {
      server.answer(asked, response, request);
    };
    return server;
  }

  get url(): string {
    return this.loopback.url;
  }

  /** The workflows that it was handed, in order. */
  get orders(): readonly Nodes[] {
    return this.loopback.asked
      .filter(({ method, url }) => method === 'POST' && url === '/prompt')
      .map(({ body }) => (JSON.parse(body) as { prompt: Nodes }).prompt);
  }

  /** The names of what runs and what waits. */
  get names(): readonly string[] {
    return [this.running, ...this.pending].flatMap((run) => run?.id ?? []);
  }

  async close(): Promise<void> {
    await this.loopback.close();
  }

  /** What runs has made these files. */
  finish(outputs?: unknown): void {
    const isPicture = this.options.picture !== undefined;
    const file = `clip_${String(++this.finished).padStart(5, '0')}_.${isPicture ? 'png' : 'mp4'}`;
    const made = {
      images: [{ filename: file, subfolder: isPicture ? '' : 'video', type: 'output' }],
      ...(isPicture ? {} : { animated: [true] }),
    };
    const node = this.outputNode();
    this.end('success', outputs ?? { [node]: made }, [
      ['execution_start', { timestamp: 1_000_000 }],
      ['execution_success', { timestamp: 1_192_000 }],
    ]);
  }

  /** What runs fails at a node. */
  fail(node: string, message: string, type = 'RuntimeError'): void {
    const said = { node_id: node, exception_message: message, exception_type: type };
    this.end('error', {}, [['execution_error', said]]);
  }

  /** It is started anew, and knows nothing of before. */
  restart(): void {
    this.running = undefined;
    this.pending = [];
    this.history = new Map();
  }

  private outputNode(): string {
    const nodes = Object.entries(this.running?.nodes ?? {});
    const [found] = nodes.find(([, { class_type }]) => /Save|Combine/.test(class_type)) ?? ['0'];
    return found;
  }

  private end(state: string, outputs: unknown, messages: readonly unknown[]): void {
    const run = this.running;
    if (run === undefined) throw new Error('Nothing runs.');
    const status = { status_str: state, completed: state === 'success', messages };
    const prompt = [this.finished, run.id, run.nodes, {}, []];
    this.history.set(run.id, { prompt, outputs, status, meta: {} });
    this.running = this.pending.shift();
  }

  private answer(asked: Asked, response: ServerResponse, request: IncomingMessage): void {
    const { method } = asked;
    const [path = '', query] = asked.url.split('?');
    if (this.options.key !== undefined) {
      if (asked.headers.authorization !== `Bearer ${this.options.key}`) {
        json(response, { message: 'Sign in first.' }, 401);
        return;
      }
    }
    const [, route = '', name = ''] = path.split('/');
    switch (`${method} ${route}`) {
      case 'GET system_stats':
        json(response, {
          system: { os: 'posix', comfyui_version: '0.3.62' },
          devices: [{ name: 'cuda:0 NVIDIA GeForce RTX 4090', vram_total: 25_757_220_864 }],
        });
        return;
      case 'GET object_info':
        json(response, this.options.info?.[decodeURIComponent(name)] ?? {});
        return;
      case 'POST upload':
        this.keep(asked, response);
        return;
      case 'POST prompt':
        this.take(asked, response, request);
        return;
      case 'GET queue': {
        const item = ({ id, nodes }: Run): unknown => [1, id, nodes, {}, []];
        json(response, {
          queue_running: this.running === undefined ? [] : [item(this.running)],
          queue_pending: this.pending.map(item),
        });
        return;
      }
      case 'POST queue': {
        const { delete: names = [] } = JSON.parse(asked.body) as { delete?: readonly string[] };
        this.pending = this.pending.filter(({ id }) => !names.includes(id));
        response.writeHead(200).end();
        return;
      }
      case 'POST interrupt':
        this.interrupt((JSON.parse(asked.body || '{}') as { prompt_id?: string }).prompt_id);
        response.writeHead(200).end();
        return;
      case 'GET history': {
        if (this.options.isQuick === true && this.running?.id === name) this.finish();
        const entry = this.history.get(name);
        json(response, entry === undefined ? {} : { [name]: entry });
        return;
      }
      case 'GET view': {
        const file = new URLSearchParams(query).get('filename') ?? '';
        if (file.endsWith('.mp4')) {
          response.writeHead(200, { 'content-type': 'video/mp4' }).end(this.options.clip);
        } else if (this.options.picture !== undefined) {
          response.writeHead(200, { 'content-type': 'image/png' }).end(this.options.picture);
        } else response.writeHead(404).end();
        return;
      }
      default:
        response.writeHead(404).end('404: Not Found');
    }
  }

  /** `POST /upload/image`: a form with `image`, and where it is to be kept. */
  private keep({ bytes, headers }: Asked, response: ServerResponse): void {
    const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    const parts = bytes.toString('latin1').split(`--${boundary}`);
    const part = (name: string): string | undefined =>
      parts.find((one) => one.includes(`form-data; name="${name}"`));
    const valueOf = (text = ''): string => text.slice(text.indexOf('\r\n\r\n') + 4, -2);
    const image = part('image');
    const name = /filename="([^"]+)"/.exec(image ?? '')?.[1];
    if (image === undefined || name === undefined || this.options.takesNoPictures === true) {
      response.writeHead(400).end();
      return;
    }
    const subfolder = valueOf(part('subfolder'));
    this.pictures.set(`${subfolder}/${name}`, Buffer.from(valueOf(image), 'latin1'));
    json(response, { name, subfolder, type: 'input' });
  }

  private take(asked: Asked, response: ServerResponse, request: IncomingMessage): void {
    const { prompt, prompt_id: wish } = JSON.parse(asked.body) as {
      prompt: Nodes;
      prompt_id?: string;
    };
    const refusal = this.refusalOf(prompt);
    if (refusal !== undefined) {
      json(response, refusal, 400);
      return;
    }
    const id = (this.options.isOld === true ? undefined : wish) ?? randomUUID();
    const run = { id, nodes: prompt };
    if (this.running === undefined) this.running = run;
    else this.pending.push(run);
    if (this.loseAnswer) request.socket.destroy();
    else json(response, { prompt_id: id, number: this.finished, node_errors: {} });
  }

  private refusalOf(nodes: Nodes): unknown {
    const { missingNodes = [], missingModels = [] } = this.options;
    const all = Object.entries(nodes);
    const unknown = all.find(([, { class_type }]) => missingNodes.includes(class_type));
    if (unknown !== undefined) {
      const [id, { class_type: name }] = unknown;
      const message = `Cannot execute because node ${name} does not exist.`;
      const error = {
        type: 'invalid_prompt',
        message,
        details: `Node ID '#${id}'`,
        extra_info: {},
      };
      return { error, node_errors: {} };
    }
    const faults = all.flatMap(([id, { class_type, inputs }]) =>
      Object.entries(inputs)
        .filter(([, value]) => missingModels.includes(String(value)))
        .map(([input, value]) => {
          const details = `${input}: '${String(value)}' not in ['other.safetensors']`;
          const error = { type: 'value_not_in_list', message: 'Value not in list', details };
          return [id, { errors: [error], dependent_outputs: ['61'], class_type }] as const;
        }),
    );
    if (faults.length === 0) return undefined;
    return {
      error: {
        type: 'prompt_outputs_failed_validation',
        message: 'Prompt outputs failed validation',
        details: '',
        extra_info: {},
      },
      node_errors: Object.fromEntries(faults),
    };
  }

  private interrupt(wish: string | undefined): void {
    const run = this.running;
    if (run === undefined) return;
    if (this.options.isOld !== true && wish !== undefined && wish !== run.id) return;
    this.interrupted.push(run.id);
    this.end('error', {}, [['execution_interrupted', { prompt_id: run.id }]]);
  }
}
