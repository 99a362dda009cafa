/**
 * Follows the page that it is on: when the server says that something changed, the main part is fetched anew and put in the
 * place of the old one. Without this file the page is whole and stands still.
 */
const main = document.getElementById("main");
const address = main?.dataset.live;

/** Something that a person opened, or is at, by which it is found again in the new main part. */
const nameOf = (element) =>
  element.id ||
  element.getAttribute("href") ||
  element.getAttribute("name") ||
  element.textContent.slice(0, 80);

async function refresh() {
  // Who is filling in a form or marking words must not lose them.
  const words = main.querySelector("textarea")?.value;
  if (
    words ||
    document.activeElement?.matches("#main input, #main select, #main textarea") ||
    !getSelection()?.isCollapsed
  )
    return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return location.reload();
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
  if (!next) return;
  const opened = new Map([...main.querySelectorAll("details")].map((one, at) => [at, one.open]));
  const at = main.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
  main.replaceChildren(...next.childNodes);
  for (const [index, one] of main.querySelectorAll("details").entries())
    if (opened.has(index)) one.open = opened.get(index);
  if (at !== undefined)
    [...main.querySelectorAll("a, button, summary, [tabindex]")]
      .find((one) => nameOf(one) === at)
      ?.focus({
        preventScroll: true,
      });
}

if (main && address && "EventSource" in globalThis) {
  const events = new EventSource(address);
  events.addEventListener("changed", () => void refresh());
  events.addEventListener("gone", () => {
    events.close();
    location.reload();
  });
  // How long something has run is told anew although nothing changed.
  setInterval(() => {
    if (document.visibilityState === "visible" && main.querySelector(".badge.busy")) void refresh();
  }, 30_000);
  addEventListener("pagehide", () => events.close());
}
