// Comfort only: every page works without this file.
(() => {
  const page = document;
  let sent = null;

  // Needs a script, so it is hidden until there is one.
  for (const button of page.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A second press while the first is on its way sends nothing twice.
  page.addEventListener("submit", (event) => {
    if (sent === event.target) return event.preventDefault();
    sent = event.target;
    setTimeout(() => { sent = null; }, 8000);
  });

  // "None of these" clears the other ticks, and the other way round.
  page.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const other of page.getElementsByName(target.name)) {
      if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) {
        other.checked = false;
      }
    }
  });

  // Leaving blanks the page at once and takes its place in history.
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.(".leave");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    page.body.hidden = true;
    page.title = "\u00a0";
    location.replace(link.href);
  });

  addEventListener("pageshow", (event) => {
    sent = null;
    // A page from memory may be one that was left: ask again.
    if (event.persisted) return location.reload();
    // Older browsers do not obey autofocus here.
    if (page.activeElement === page.body) page.querySelector(".sum")?.focus();
  });
})();
