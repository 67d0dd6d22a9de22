"use strict";
// Asks the server for what is new, when it says that there is something.
function listen(draw) {
  const line = document.getElementById("live"), here = location.pathname.replace(/\/$/, ""), source = new EventSource(here + "/events");
  let isAsking = false, isWaiting = false, isOver = false;

  function tell(text, kind) {
    line.hidden = false;
    line.className = "live " + kind;
    line.textContent = text;
  }

  async function ask() {
    if (isAsking) {
      isWaiting = true;
      return;
    }
    isAsking = true;
    try {
      do {
        isWaiting = false;
        const reply = await fetch(here + "/data");
        if (!reply.ok)
          throw new Error(reply.status === 404 ? "it is not kept any more" : "the server says " + reply.status);
        draw(await reply.json());
      } while (isWaiting);
      tell(isOver ? "over" : "live", isOver ? "" : "on");
    } catch (error) {
      tell("as it was at " + new Date().toLocaleTimeString() + ": " + error.message, "bad");
    } finally {
      isAsking = false;
    }
  }

  source.addEventListener("change", ask);
  source.addEventListener("over", () => {
    isOver = true;
    source.close();
    ask();
  });
  source.addEventListener("open", () => tell("live", "on"));
  source.addEventListener("error", () => tell("as it was at " + new Date().toLocaleTimeString() + ": the server is not there", "bad"));
}
