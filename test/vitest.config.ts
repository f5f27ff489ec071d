import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
/** Once for all files of a run that ask for it: a PostgreSQL server, the Worker's bundle. */
const POSTGRES = [path('./support/postgres-global.ts')];
const WORKER = [path('./support/worker-global.ts')];

/** Against what hangs, not against what is slow: a test of four seconds takes twenty where five others want the same core. */
const PATIENCE_MS = 120_000;

/**
 * Files of a project share a process: a third of the suite's work was to load the same modules, to migrate the same tables and to start
 * the same workerd for each file anew.
 */
const project = (name: string, include: string[], globalSetup: string[] = []) => ({
  test: {
    name,
    root: 'test',
    include,
    isolate: false,
    environment: path('./support/test-process.ts'),
    runner: path('./support/story-runner.ts'),
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    // A second by itself, in which a browser on a busy core has not even laid out its page.
    expect: { poll: { timeout: 30_000 } },
    globalSetup,
  },
});
/**
 * A browser beside the tests on two cores: where nobody watches, a test that fails is run once more, and the report says so. Only where each
 * test opens a world of its own: the tests of a journey share one whose clock has gone on, and a second try would begin in the future.
 */
const twice = (each: ReturnType<typeof project>) => ({
  test: { ...each.test, retry: process.env['CI'] === 'true' ? 1 : 0 },
});

/** Fast rooms first; one project per kind of promise. */
export default defineConfig({
  test: {
    // The programs that tests start (the demo, dudao, crash tests) strip and compile the same modules each time.
    env: { NODE_COMPILE_CACHE: path('../node_modules/.cache/compile') },
    // Vitest leaves one core free by itself, which on two cores is half of them. A third worker would only take turns from the databases.
    maxWorkers: 2,
    projects: [
      project('gate', ['gate/**/*.test.ts']),
      project('rules', ['{domain,language,features,cards,commands,excel,lark,app}/**/*.test.ts']),
      project('emulator', ['emulator/**/*.test.ts']),
      twice(project('page', ['page/**/*.test.ts'])),
      project('store', ['{db,importing}/**/*.test.ts'], POSTGRES),
      twice(project('homes', ['homes/**/*.test.ts'], POSTGRES)),
      project('journeys', ['journeys/**/*.test.ts'], [...POSTGRES, ...WORKER]),
    ],
  },
});
