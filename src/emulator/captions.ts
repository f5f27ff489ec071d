/** A line that stands over the page while something is shown to people; empty when nothing is. */
export class Captions {
  text = '';
  readonly #listeners = new Set<(text: string) => void>();
  readonly #watched = Promise.withResolvers<void>();

  say(text: string): void {
    this.text = text;
    for (const listener of this.#listeners) listener(text);
  }

  /** Resolves once somebody has opened the page. */
  get watched(): Promise<void> {
    return this.#watched.promise;
  }

  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    this.#watched.resolve();
    return () => this.#listeners.delete(listener);
  }
}
