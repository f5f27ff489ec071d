/** The emulator's clock. Lark's schedules, limits and ages are measured with it; sockets stay real. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Resolves once the clock shows `instant` or later. */
  until(instant: number): Promise<void>;
  /** A movable clock that stands still while work over a real socket is under way offers this; the system's clock does not. */
  during?<T>(work: Promise<T>): Promise<T>;
  /** A movable clock: turns to `instant`, stopping at every moment that somebody waits for. The page then offers to move it. */
  advanceTo?(instant: number): Promise<void>;
}
