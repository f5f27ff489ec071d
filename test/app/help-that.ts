import { type ContextOf, defineCommand, type Outcome, type RegisteredCommand } from '../../src/language/command.ts';

/** A command that does as told, under a name that the grammar knows. */
export const helpThat = (run: (context: ContextOf) => Promise<Outcome>): RegisteredCommand =>
  defineCommand({
    name: '帮助',
    aliases: ['help'],
    serves: 'help',
    summary: '',
    usage: '帮助',
    examples: [],
    allow: 'anyone',
    where: ['group', 'p2p'],
    run,
  });
