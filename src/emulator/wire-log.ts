/** One call, push or callback. No texts, no secrets: the path without its query, numbers and ids only. */
export interface WireEntry {
  readonly kind: 'call' | 'push' | 'callback' | 'handshake';
  readonly at: number;
  readonly ms: number;
  readonly method: string;
  readonly path: string;
  /** HTTP status; 0 when the connection ended without an answer. */
  readonly status: number;
  /** Lark's code of a call. */
  readonly code?: number | undefined;
  /** Why a call was refused, in Lark's words. */
  readonly msg?: string | undefined;
  readonly eventId?: string | undefined;
  readonly eventType?: string | undefined;
}

export class WireLog {
  readonly entries: WireEntry[] = [];
  readonly #listeners = new Set<(entry: WireEntry) => void>();

  add(entry: WireEntry): void {
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  listen(listener: (entry: WireEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
