import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** A container has 64 MB there unless it is told otherwise, and two workers have a dozen databases open. */
const ENOUGH_BYTES = 1_000_000_000;

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/**
 * A new folder for a database whose test loses no power: in memory, where the machine has room, since SQLite waits for the disk at each
 * commit. Not TMPDIR for the whole run: programs are started from there, which some machines forbid in memory.
 */
export const scratchFolder = (prefix: string): string => mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), prefix));
