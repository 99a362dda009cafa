import type { SyntaxNode } from "@lezer/common";

/** What only speaks: logs, warnings, progress. */
const speaks =
  /^(?:await\s+)?(?:console|log|logger|logging|_?log|debug|print|pprint|warn|warnings?|trace|spinner|ora|chalk|process\.(?:stdout|stderr|emitWarning)|sys\.(?:stdout|stderr)|this\.(?:log|logger|debug|warn)|self\.(?:log|logger|_log)|performance)\b/i;
/** What only waits or remembers: no test holds how long, or that something is computed once. */
const waits =
  /\b(?:setTimeout|setInterval|setImmediate|clearTimeout|clearInterval|sleep|delay|timeouts?(?:Ms|Seconds)?|intervalMs|retryAfter|backoff|ttl|maxAge|cache[ds]?|memo(?:ize)?)\b/i;
const names =
  /^(?:CallExpression|AssignmentExpression|VariableDeclaration|AssignStatement|Property|ExpressionStatement)$/;
const messages = /^(?:ThrowStatement|RaiseStatement|AssertStatement|TemplateString|String|FormatString)$/;

/** How much of a node is looked at, in characters. */
const longest = 200;

/** Whether breaking what is in a node tells nothing of what the code does: it logs, speaks, waits or remembers. */
export function isArid(node: SyntaxNode, text: string): boolean {
  if (messages.test(node.name)) return true;
  if (!names.test(node.name)) return false;
  const own = text.slice(node.from, Math.min(node.to, node.from + longest));
  if (speaks.test(own)) return true;
  if (/^new\s+\w*(?:Error|Exception|Warning)\b/.test(own)) return true;
  return waits.test(
    own
      .split(/[(=\n]/, 2)
      .join(" ")
      .slice(0, 60),
  );
}
