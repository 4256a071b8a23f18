// The checklist follows what is typed, and nobody leaves with unsaved words by mistake.
(() => {
  const form = document.querySelector("[data-draft]");
  if (!form) return;
  const filled = (name) => form.elements[name].value.trim() !== "";
  const sourced = () =>
    [...form.querySelectorAll("[data-agency]")].some(
      (agency) =>
        agency.value.trim() &&
        agency.closest(".lr-source").querySelector("[data-document]").value.trim(),
    );
  const myth = /^[\s[("]*(hoaks|hoax|bohong|isu|rumor|kabar|viral)\b/i;
  const checks = {
    headline: () => filled("headline"),
    fact: () => filled("fact"),
    myth: () => filled("myth"),
    explanation: () => filled("explanation"),
    fact_again: () => filled("fact_again"),
    sources: sourced,
    falsehood_type: () => form.elements.verdict.value !== "HOAKS" || filled("falsehood_type"),
    headline_style: () => filled("headline") && !myth.test(form.elements.headline.value),
  };
  const update = () => {
    for (const [code, check] of Object.entries(checks)) {
      const item = form.querySelector(`[data-check="${code}"]`);
      const done = check();
      item?.classList.toggle("lr-yes", done);
      item?.classList.toggle("lr-no", !done);
    }
  };
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
    update();
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  update();
})();
