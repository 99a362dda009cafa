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

/** So many lines of a log stay in the page; those above make room, and are found again by the links. */
const mostLines = 4_000;

/** A log goes on where the reader comes to its end: the next window is put below the one that is there. */
function followLog(log) {
  const next = () => main.querySelector("a[rel=next]");
  const more = async (entries) => {
    const link = next();
    if (!link || !entries.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lines = [...(page.querySelector(".run-log")?.children ?? [])];
    log.append(...lines);
    for (const surplus of [...log.children].slice(0, -mostLines)) {
      surplus.remove();
      log.start += 1;
    }
    const navigation = link.closest("nav");
    const following = page.querySelector("a[rel=next]");
    navigation.replaceChildren(...(following?.closest("nav").childNodes ?? []));
    if (following) watch.observe(navigation);
  };
  const watch = new IntersectionObserver((entries) => void more(entries), { rootMargin: "800px" });
  const link = next();
  if (link) watch.observe(link.closest("nav"));
}

const log = main?.querySelector(".run-log");
if (log && "IntersectionObserver" in globalThis) followLog(log);

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
