import type { DiffLine, FileDiff, Note } from "../../views/diff-of.ts";
import { Badge, Prose } from "./words.tsx";

const signs = { added: "+", removed: "−", same: " " } as const;
const words = { added: "added", removed: "removed", same: "" } as const;

/** What changed in one file. */
export const DiffBox = ({ diff }: { diff: FileDiff }) => (
  <section class="box diff" aria-label={diff.path}>
    <header>
      <h2>
        <code>{diff.from ? `${diff.from} → ${diff.path}` : diff.path}</code>
      </h2>
      <p>
        <span class="plus">{`+${diff.added}`}</span> <span class="minus">{`−${diff.removed}`}</span>
      </p>
    </header>
    {diff.notes.map((note) => (
      <Found note={note} />
    ))}
    {diff.hunks.length > 0 && (
      <section class="lines-of-code" tabindex={0} aria-label={`Changed lines of ${diff.path}`}>
        <table>
          <thead class="unseen">
            <tr>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          {diff.hunks.map((hunk) => (
            <tbody>
              {hunk.map((line) => (
                <Line line={line} />
              ))}
            </tbody>
          ))}
        </table>
      </section>
    )}
    {diff.left && <p class="inside muted">{diff.left}</p>}
  </section>
);

const Line = ({ line }: { line: DiffLine }) => (
  <>
    <tr class={line.kind}>
      <td class="number">{line.before}</td>
      <td class="number">{line.after}</td>
      <td>
        <pre>
          <span aria-hidden="true">{signs[line.kind]}</span>
          <span class="unseen">{words[line.kind]}</span> {line.text}
        </pre>
      </td>
    </tr>
    {line.notes.map((note) => (
      <tr class="found">
        <td colspan={3}>
          <Found note={note} />
        </td>
      </tr>
    ))}
  </>
);

const Found = ({ note }: { note: Note }) => (
  <p class="found">
    <Badge saying={{ ...note.saying, words: note.check }} /> <Prose text={note.message} />
  </p>
);
