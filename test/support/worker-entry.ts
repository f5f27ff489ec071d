import { worker } from '../../src/homes/worker.ts';
import { d1Door } from './d1-door.ts';

/** The bundled Worker of the journeys: the real one, but for its clock, which the test moves and answers for (test/support/worker.ts). */
type Arguments = Parameters<ReturnType<typeof worker>['fetch']>;
type Env = Arguments[1] & { readonly CLOCK: { fetch(url: string): Promise<Response> } };

let clock: Env['CLOCK'] | undefined;
let shown = 0;

async function look(instant: number): Promise<void> {
  const answer = await clock?.fetch(`http://clock/${instant}`);
  shown = Number(await answer?.text());
}

const home = worker({
  now: () => shown,
  until: async (instant) => {
    if (instant > shown) await look(instant);
  },
});

export default {
  async fetch(request: Request, env: Env, execution: Arguments[2]): Promise<Response> {
    if (new URL(request.url).pathname === '/d1') return d1Door(request, env.DB);
    clock = env.CLOCK;
    await look(0);
    return home.fetch(request, env, execution);
  },
  async scheduled(event: unknown, env: Env): Promise<void> {
    clock = env.CLOCK;
    await look(0);
    return home.scheduled(event, env);
  },
};
