import type { D1Binding } from '../../src/db/d1.ts';

/** What a test asks of a D1, in one request. */
export interface D1Question {
  readonly batch: boolean;
  readonly statements: readonly { readonly sql: string; readonly values: readonly unknown[] }[];
}

/**
 * Runs inside workerd, beside the D1 binding. Miniflare's own door from outside asks for each `prepare` and each `bind` by a request that
 * stops the process until it is answered: half of the store tests' time.
 */
export async function d1Door(request: Request, binding: D1Binding): Promise<Response> {
  const { batch, statements }: D1Question = await request.json();
  const prepared = statements.map(({ sql, values }) => binding.prepare(sql).bind(...values));
  try {
    return Response.json(batch ? await binding.batch(prepared) : await prepared[0]?.all());
  } catch (error) {
    return new Response(error instanceof Error ? error.message : String(error), { status: 422 });
  }
}

export default { fetch: (request: Request, env: { readonly DB: D1Binding }) => d1Door(request, env.DB) };
