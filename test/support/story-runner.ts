import { type RunnerTask, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner } from 'vitest';

/** In the order in which they stand in the file. */
const testsOf = (suite: RunnerTestSuite): readonly RunnerTestCase[] =>
  suite.tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]));

const suitesAround = ({ suite, file }: RunnerTask): readonly RunnerTestSuite[] =>
  suite === undefined || suite === file ? [file] : [...suitesAround(suite), suite];

const opensAWorld = (suite: RunnerTestSuite): boolean => TestRunner.getSuiteHooks(suite).beforeAll.length > 0;

/** The tests before this one in its world: in what a `beforeAll` around both has opened. None where each test opens its own. */
export function earlierInItsWorld(test: RunnerTestCase): readonly RunnerTestCase[] {
  const world = suitesAround(test).find(opensAWorld);
  const tests = world ? testsOf(world) : [];
  return tests.slice(0, Math.max(0, tests.indexOf(test)));
}

function select(test: RunnerTestCase): void {
  for (const task of [...suitesAround(test), test]) task.mode = 'run';
}

type Collected = (files: RunnerTestFile[]) => Promise<void>;

/**
 * A journey tells a story in one world, whose tests need what those before them did. So that `vitest -t` of one test passes, the ones before
 * it run first. (A helper that runs them inside the test was rejected: which of them fails would not be seen.)
 */
export default class StoryRunner extends TestRunner {
  #report: Collected | undefined;

  /** Vitest sets here what tells the reporters which tests run; ours has to come before it, not be wrapped by it. */
  set onCollected(report: Collected) {
    this.#report = report;
  }
  get onCollected(): Collected | undefined {
    const report = this.#report;
    return (
      report &&
      (async (files) => {
        const asked = this.config.testNamePattern ? files.flatMap(testsOf).filter(({ mode }) => mode === 'run') : [];
        asked.flatMap(earlierInItsWorld).forEach(select);
        await report(files);
      })
    );
  }
}
