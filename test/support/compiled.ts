/** For a program that a test starts with an environment of its own: Node keeps what it has stripped and compiled (vitest.config.ts). */
export const COMPILED = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
