import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../architecture/sources';

/** One fenced block of a page. */
export interface Block {
  /** `docs/constructs/topic-set.md:12` */
  readonly place: string;
  readonly language: string;
  /** What follows the language: `title="…"`, or `no-run` for what needs a running cluster. */
  readonly note: string;
  readonly text: string;
}

/** Every fenced block of README, CONTRIBUTING and the pages below docs. */
export function blocks(): readonly Block[] {
  const pages = ['README.md', 'CONTRIBUTING.md', ...pagesBelow(join(root, 'docs'))];
  return pages.flatMap((page) => blocksOf(page, readFileSync(join(root, page), 'utf8')));
}

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesBelow(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });
}

function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^```([a-z]*)[ \t]*(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    note: match[2] ?? '',
    text: match[3] ?? '',
  }));
}
