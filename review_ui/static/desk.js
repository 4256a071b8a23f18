// The keyboard of the queue and of a post; everything also works without it.
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const place = "luruskan-row:" + location.pathname + location.search;
  let current = -1;

  const select = (index) => {
    if (!rows.length) return;
    rows[current]?.classList.remove("lr-selected");
    current = Math.max(0, Math.min(index, rows.length - 1));
    rows[current].classList.add("lr-selected");
    rows[current].querySelector("[data-open]").focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
    sessionStorage.setItem(place, String(current));
  };

  const press = (key) => {
    const scope = key === "u" || !rows.length ? document : rows[current];
    const target = scope?.querySelector(`[data-key="${key}"]`);
    if (target) target.click();
    return Boolean(target);
  };

  const help = document.getElementById("bantuan");
  const opener = document.querySelector("[data-help]");
  const toggleHelp = () => {
    if (!help) return;
    help.hidden = !help.hidden;
    opener.setAttribute("aria-expanded", String(!help.hidden));
  };
  opener?.addEventListener("click", toggleHelp);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      j: () => select(current + 1),
      k: () => select(current - 1),
      o: () => rows[current]?.querySelector("[data-open]").click(),
      "?": toggleHelp,
    };
    if (event.key in actions) actions[event.key]();
    else if (!["c", "m", "x", "u"].includes(event.key) || !press(event.key)) return;
    event.preventDefault();
  });

  // Only after a decision, so that the next one is a key away; a fresh visit starts at the top.
  const remembered = sessionStorage.getItem(place);
  if (remembered !== null && document.querySelector(".lr-flash")) select(Number(remembered));
  else sessionStorage.removeItem(place);
})();
