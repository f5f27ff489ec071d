import { beforeAll, describe, expect, type RunnerTestCase, test } from 'vitest';
import { earlierInItsWorld } from '../support/story-runner.ts';

// What `-t` of one test runs besides it. These tests are their own example.

const firstOf = (task: RunnerTestCase) => earlierInItsWorld(task).map(({ name }) => name);

test('a test outside of every world runs alone', ({ task }) => expect(firstOf(task)).toEqual([]));

describe('tests that each open their own', () => {
  test('run alone, the first', ({ task }) => expect(firstOf(task)).toEqual([]));
  test('and the second', ({ task }) => expect(firstOf(task)).toEqual([]));
});

describe.each(['one home', 'another home'])('in a world on %s', (home) => {
  let world: string[];
  beforeAll(() => {
    world = [];
  });
  test('the first begins', ({ task }) => {
    world.push(home);
    expect(firstOf(task)).toEqual([]);
  });
  describe('inside', () => {
    let inner: string[];
    beforeAll(() => {
      inner = [...world];
    });
    test('the second finds what the first left', ({ task }) => {
      expect(firstOf(task)).toEqual(['the first begins']);
      world.push(...inner);
    });
  });
  test('the last finds what both left, and nothing of the other world', ({ task }) => {
    expect(firstOf(task)).toEqual(['the first begins', 'the second finds what the first left']);
    expect(world).toEqual([home, home]);
  });
  test('what comes after it does not run', () => expect(world).toHaveLength(2));
});
