import { Markup } from "./markup.ts";

/** The style sheet of the pages; in the page itself, so that one request shows it all. */
export const styles = new Markup(`
:root { color-scheme: light; --line: #d1d9e0; --quiet: #59636e; --soft: #f6f8fa; --link: #0969da; }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: 12px 20px;
  background: var(--soft); border-bottom: 1px solid var(--line); }
.hint, .quiet { color: var(--quiet); font-weight: 400; } .hint { font-size: 12px; white-space: nowrap; }
main { max-width: 960px; margin: 0 auto; padding: 20px; }
h1 { font-size: 26px; line-height: 1.25; font-weight: 400; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 28px 0 8px; }
.meta { color: var(--quiet); display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; padding-bottom: 16px;
  margin-bottom: 20px; border-bottom: 1px solid var(--line); }
.badge { color: #fff; border-radius: 2em; padding: 3px 12px; font-weight: 500; }
.open { background: #1f883d; } .merged, .done { background: #8250df; } .closed { background: #cf222e; } .draft { background: #59636e; }
.label { border-radius: 2em; padding: 0 8px; font-size: 12px; line-height: 20px; font-weight: 500; border: 1px solid #0002; }
.tag { border: 1px solid var(--line); border-radius: 2em; padding: 0 7px; font-size: 12px; color: var(--quiet); }
.box { border: 1px solid var(--line); border-radius: 6px; margin-bottom: 16px; overflow: hidden; }
.box > .head { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 16px; color: var(--quiet);
  display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.box > .head strong { color: #1f2328; }
.box > .row { padding: 8px 16px; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; }
.box > .row:first-child { border-top: 0; } .row .last { margin-left: auto; }
.event { color: var(--quiet); margin: 0 0 16px 16px; padding-left: 14px; border-left: 2px solid var(--line); display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
.event strong { color: #1f2328; }
.reactions { padding: 0 16px 12px; display: flex; gap: 6px; }
.reactions span { border: 1px solid var(--line); border-radius: 2em; padding: 0 8px; font-size: 12px; }
code, pre, .sha { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; }
code.branch { background: #ddf4ff; color: var(--link); border-radius: 6px; padding: 2px 6px; overflow-wrap: anywhere; }
.success { color: #1a7f37; } .failure { color: #d1242f; } .waiting { color: #9a6700; }
.markdown { padding: 16px; overflow-wrap: anywhere; } .markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown h1, .markdown h2 { font-weight: 600; margin: 24px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
.markdown h1 { font-size: 22px; } .markdown h2 { font-size: 18px; } .markdown h3 { font-size: 16px; margin: 20px 0 8px; }
.markdown :not(pre) > code { background: #818b981f; border-radius: 6px; padding: 2px 5px; }
.markdown pre { background: var(--soft); border-radius: 6px; padding: 12px; overflow-x: auto; overflow-wrap: normal; }
.markdown blockquote { margin: 0 0 16px; padding: 0 1em; color: var(--quiet); border-left: 4px solid var(--line); }
.markdown table { border-collapse: collapse; display: block; overflow: auto; overflow-wrap: break-word; width: max-content; margin-bottom: 16px; max-width: 100%; }
.markdown th, .markdown td { border: 1px solid var(--line); padding: 5px 12px; } .markdown tr:nth-child(even) td { background: var(--soft); }
.markdown li:has(> input) { list-style: none; } .markdown li > input { margin: 0 6px 0 -20px; }
.markdown img { max-width: 100%; } .markdown details { margin-bottom: 12px; } summary { cursor: pointer; }
.diff { margin: 0; overflow-x: auto; } .diff pre { margin: 0; display: inline-block; min-width: 100%; line-height: 1.6; }
.diff span { display: block; padding: 0 12px; white-space: pre; min-height: 1.6em; }
.add { background: #dafbe1; } .del { background: #ffebe9; } .hunk { background: #ddf4ff; color: var(--quiet); }
.row + details.markdown { padding-top: 0; }
.empty { color: var(--quiet); padding: 12px 16px; }
@media (max-width: 600px) { main { padding: 12px; } h1 { font-size: 21px; } header { padding: 10px 12px; }
  .markdown, .box > .head, .box > .row { padding-left: 12px; padding-right: 12px; } .event { margin-left: 6px; } }
`);
