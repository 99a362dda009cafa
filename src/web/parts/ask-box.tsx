import type { CommentAsk } from "../../domain/task/comment-ask.ts";
import type { Task } from "../../domain/task/task.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { mostWords } from "../answer-ask.ts";

/** What came of a button, by what its address says. */
const came = new Map([
  ["retry", "Your comment is on the pull request. What comes of it is answered there, and shown here."],
  ["cancel", "Your comment is on the issue. What comes of it is answered there, and shown here."],
  ["late", "This can no longer be asked: the task has gone on meanwhile."],
  ["refused", "GitHub refused the comment: you may not comment there, or the conversation is locked."],
]);

/** Buttons for what a comment can ask. `asked` is what the address says of the last one. */
export const AskBox = ({ task, asks, asked }: { task: Task; asks: CommentAsk[]; asked: string | null }) => {
  const told = came.get(asked ?? "");
  if (asks.length === 0 && told === undefined) return null;
  const action = `/tasks/${taskKey(task.id)}/asks`;
  return (
    <section class="box ask" aria-labelledby="ask">
      <header>
        <h2 id="ask">Ask</h2>
      </header>
      {told !== undefined && <p role="status">{told}</p>}
      {asks.includes("retry") && (
        <form method="post" action={action}>
          <label for="words">What is to be corrected</label>
          <textarea id="words" name="words" rows={4} maxlength={mostWords} />
          <button type="submit" name="ask" value="retry">
            Ask for the correction
          </button>
        </form>
      )}
      {asks.includes("cancel") && (
        <form method="post" action={action}>
          <button type="submit" name="ask" value="cancel">
            Cancel the task
          </button>
        </form>
      )}
      {asks.length > 0 && (
        <p class="muted">
          A button writes <code>/retry</code> or <code>/cancel</code> on GitHub in your name. It is judged as
          if you had written it there.
        </p>
      )}
    </section>
  );
};
