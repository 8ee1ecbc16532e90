import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { program } from '../../apps/cli/program';
import { root } from '../architecture/sources';

const folder = join(root, 'docs/commands');
const pages = new Map(readdirSync(folder).map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
const shared = pages.get('options.md') ?? '';

interface Named {
  /** `backup create` */
  readonly words: string;
  readonly command: Command;
}

/** Commands that do something, with those above them. */
function leaves(command: Command, path: readonly string[] = []): readonly Named[] {
  const words = [...path, command.name()];
  if (command.commands.length > 0) return command.commands.flatMap((below) => leaves(below, words));
  return [{ words: words.join(' '), command }];
}

const silent = { out: () => {}, err: () => {} };
const all = program(async () => {}, silent).commands.flatMap((command) => leaves(command));
const named = (words: string) => [...pages].filter(([, text]) => new RegExp(`\\bkafkon ${words}\\b`).test(text));

describe('every command', () => {
  it.each(all.map(({ words, command }) => [words, command] as const))('has %s on a page, with all of its options', (words, command) => {
    const own = named(words);
    expect(own).not.toEqual([]);
    const text = [...own.map(([, page]) => page), shared].join('\n');
    const missing = command.options.flatMap(({ long = '' }) => (new RegExp(`${long}(?![a-z-])`).test(text) ? [] : [long]));
    expect(missing).toEqual([]);
  });

  it('with a choice of actions has each of them on a page', () => {
    const byAction = new Map<string, string[]>();
    for (const { words, command } of all)
      for (const argument of command.registeredArguments.filter((each) => each.name() === 'action'))
        for (const action of argument.argChoices ?? []) byAction.set(action, [...(byAction.get(action) ?? []), words]);
    expect([...byAction.keys()].sort()).toEqual(['adopt', 'init', 'list', 'pin', 'rebalance', 'release', 'roll']);
    // One page tells of all kinds of things that are adopted and released, by one of them.
    const isTold = ([action, commands]: readonly [string, readonly string[]]) =>
      commands.some((words) => [...pages.values()].some((text) => new RegExp(`\\bkafkon ${words} \\S+ ${action}\\b`).test(text)));
    expect([...byAction].filter((each) => !isTold(each)).map(([action]) => action)).toEqual([]);
  });

  it('that a page names exists', () => {
    const known = new Set(all.map(({ words }) => words.split(' ')[0]));
    const told = [...pages.values()].flatMap((text) => [...text.matchAll(/^kafkon ([a-z]+)/gm)].map(([, word]) => word));
    expect(told.filter((word) => word !== 'completion' && !known.has(word))).toEqual([]);
  });
});
