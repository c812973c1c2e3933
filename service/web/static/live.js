// Says that something happened since the page was opened. The page itself stays as it is until its reader asks.
const told = document.getElementById("news");
const { events } = told.dataset;
let { after } = told.dataset;
let count = 0;
let soon;
let source;
const show = () => {
  soon = undefined;
  told.querySelector("span").textContent = count;
  told.firstElementChild.hidden = false;
};
const leave = () => source?.close();
const listen = () => {
  leave();
  source = new EventSource(`${events}?after=${after}`);
  source.onmessage = ({ lastEventId }) => {
    after = lastEventId;
    count += 1;
    // What comes in a row is told once.
    soon ??= setTimeout(show, 1000);
  };
  // After a lost connection the browser comes back by itself; after a refusal it does not.
  source.onerror = ({ target }) => {
    if (target.readyState === EventSource.CLOSED && target === source) setTimeout(turn, 30000);
  };
};
// A browser has few connections to share among its tabs: those that nobody looks at need none.
const turn = () => (document.hidden ? leave() : listen());
document.addEventListener("visibilitychange", turn);
addEventListener("pagehide", leave);
addEventListener("pageshow", turn);
