/** A module that a loader did not find; `own`: a file of the project, no package that could be installed. */
export type MissingModule = { name: string; own: boolean };

/** What loaders write of a module that is not there. */
const sign =
  /\bCannot find (?:module|package) '(?<script>[^'\n]{1,200})'|\bModuleNotFoundError: No module named '(?<python>[\w.-]{1,200})'|(?:^|\n)\S*python[\d.]*: No module named (?<python2>[\w.-]{1,200})|\bcannot load such file -- (?<ruby>[\w./-]{1,200})[^\n]*\(LoadError\)|\bno required module provides package (?<go>\S{1,200}?);/g;

/** The modules that a text of a loader misses, in their order. */
export function missingModules(text: string): MissingModule[] {
  return [...text.matchAll(sign)].flatMap(({ groups = {} }) => {
    const { script, python = groups.python2, ruby, go } = groups;
    const name = script ?? python ?? ruby ?? go;
    if (name === undefined) return [];
    // Bundlers and test runners take `@/…`, `~/…` and `#…` for folders of the project, and `x/` names a folder.
    const own = /^(?:[./~#]|@\/)|\/$/.test(name) || python?.includes(".") || ruby?.includes("/");
    return [{ name, own: own === true }];
  });
}
