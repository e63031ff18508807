// Runs before the first paint: says that scripts work, and follows the system until someone chooses.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => /(?:^|; )koempel-theme=(light|dark)/.exec(document.cookie)?.[1];
  const show = () => {
    root.dataset.bsTheme = chosen() ?? (system.matches ? "dark" : "light");
  };
  root.classList.add("js");
  show();
  system.addEventListener("change", show);
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", show);
})();
