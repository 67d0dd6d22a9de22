"use strict";
// Draws the list of the runs that are kept, the newest first.
const runs = (() => {
  const { make, add, whole, money, startTheme, read } = pageTools;
  const byId = id => document.getElementById(id), search = byId("search");
  let all = read(byId("data")), drawn = "";

  function draw() {
    const text = search.value.trim().toLowerCase(), found = all.filter(run => run.title.toLowerCase().includes(text));
    byId("count").textContent = all.length === 0 ? "No run is kept yet."
      : found.length === all.length ? whole(all.length) + (all.length === 1 ? " run" : " runs") : whole(found.length) + " of " + whole(all.length) + " runs";
    const key = JSON.stringify(found);
    if (key === drawn)
      return;
    drawn = key;
    const focused = document.activeElement?.getAttribute("href");
    byId("runs").replaceChildren(...found.map(run => {
      const row = make("a", "panel run");
      row.href = location.pathname.replace(/\/$/, "") + "/" + encodeURIComponent(run.name);
      const facts = [run.began, whole(run.calls) + (run.calls === 1 ? " call" : " calls"), whole(run.input) + " tokens in, " + whole(run.output) + " out",
        run.cost === null ? null : money(run.cost), run.took];
      return add(row, add(make("span", "head"), make("span", "what", run.title), make("span", "chip " + run.tone, run.outcome)), make("span", "more", facts.filter(Boolean).join(" · ")));
    }));
    if (focused)
      [...byId("runs").children].find(row => row.getAttribute("href") === focused)?.focus({ preventScroll: true });
  }

  startTheme();
  search.addEventListener("input", draw);
  byId("unread").hidden = true;
  byId("page").hidden = false;
  draw();
  return {
    update(newRuns) {
      all = newRuns;
      draw();
    },
  };
})();
