// The tour walks through the steps that stand on its own page. It starts when somebody asks for it,
// never by itself; without this file the link leads to that page.
(() => {
  "use strict";
  const ASKED = "#rondleiding";

  // driver.js takes HTML; the steps are text.
  const safe = (text) => {
    const box = document.createElement("div");
    box.textContent = text.trim();
    return box.innerHTML;
  };

  const seen = (selector) =>
    [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());

  // A page for which a phone has no room below is found in the menu.
  const target = (item) =>
    seen(item.dataset.on) ?? ("door" in item.dataset ? seen("[data-tour='menu']") : undefined);

  const stepOf = (item) => ({
    element: target(item),
    popover: {
      title: safe(item.querySelector("h2").textContent),
      description: safe(item.querySelector("p").textContent),
    },
  });

  const walk = (items, back) => {
    window.driver.js
      .driver({
        steps: items.map(stepOf),
        // Calm; and while driver.js moves, a scroll puts the text beside the step before.
        animate: false,
        stagePadding: 6,
        showProgress: true,
        progressText: "{{current}} van {{total}}",
        nextBtnText: "Volgende",
        prevBtnText: "Vorige",
        doneBtnText: "Klaar",
        popoverClass: "tour",
        onPopoverRender: (popover) => {
          popover.closeButton.setAttribute("aria-label", "Sluit de rondleiding");
          // Made of a header and a footer, which are landmarks of a page.
          popover.title.setAttribute("role", "none");
          popover.footer.setAttribute("role", "none");
          // Afterwards driver.js gives the focus to the first button, and that one closes.
          queueMicrotask(() => popover.nextButton.focus());
        },
        // A part of a page is no button that opens something, and may not say so.
        onHighlighted: (element) =>
          ["haspopup", "expanded", "controls"].forEach((name) =>
            element?.removeAttribute(`aria-${name}`),
          ),
        onDestroyed: () => back.focus(),
      })
      .drive();
  };

  const listOf = async (url) => {
    const answer = await fetch(url, { redirect: "manual" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-first]");
  };

  const start = async (link) => {
    const list = await listOf(link.href).catch(() => null);
    if (!list) {
      // Signed out, or the network is away: the browser says so.
      location.assign(link.href);
    } else if (location.pathname !== list.dataset.first) {
      // Some steps point at parts of the first page.
      location.assign(list.dataset.first + ASKED);
    } else {
      const menu = link.closest("details");
      if (menu) menu.open = false;
      walk([...list.querySelectorAll("[data-step]")], menu?.querySelector("summary") ?? link);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tour-start]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    start(link);
  });

  if (location.hash === ASKED) {
    history.replaceState(null, "", location.pathname);
    start(document.querySelector("[data-tour-start]"));
  }
})();
