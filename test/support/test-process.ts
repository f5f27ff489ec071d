import { builtinEnvironments, type Environment } from 'vitest/runtime';

declare global {
  /** How to end what the test files of this process share; a global, because Vitest loads this module apart from theirs. */
  var endings: (() => Promise<unknown>)[] | undefined;
}

/** Node's environment, which Vitest begins and ends once a process when its files are not isolated from each other. */
const testProcess: Environment = {
  name: 'test-process',
  viteEnvironment: 'ssr',
  async setup(global, options) {
    const node = await builtinEnvironments.node.setup(global, options);
    return {
      async teardown(of) {
        for (const end of globalThis.endings ?? []) await end();
        await node.teardown(of);
      },
    };
  },
};

export default testProcess;
