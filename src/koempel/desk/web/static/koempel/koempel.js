// Small comforts. Every page works without this file; clicks are caught on the document, because
// what is tied to an element is gone after htmx has put another in its place.
(() => {
  "use strict";
  const root = document.documentElement;

  // Theme: change at once and keep what was typed; the form remembers the choice.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-theme]")) return;
    event.preventDefault();
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    const body = new FormData(event.target);
    body.set("theme", theme);
    fetch(event.target.action, { method: "POST", body, redirect: "manual" });
    root.dataset.bsTheme = theme;
  });

  // Menus close on Escape and on a click beside them.
  const close = (menu) => {
    menu.open = false;
  };
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    close(menu);
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) close(menu);
    });
  });

  // Bulk actions: choose all on this page, and say how many are chosen.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.bulk");
    if (!form) return;
    const boxes = [...form.querySelectorAll("input[name=kies]")];
    if (event.target.matches("[data-all]")) {
      boxes.forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-all]");
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    form.querySelector("[data-chosen]").textContent = `${chosen} gekozen`;
  });

  // What a button fills in is asked from the desk: who saves meanwhile, saves with the answer, and
  // only once.
  const held = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.querySelector("[data-holds] .htmx-request")) return;
    event.preventDefault();
    if (held.has(form)) return;
    held.add(form);
    const save = () => {
      held.delete(form);
      form.requestSubmit(event.submitter);
    };
    form.addEventListener("htmx:afterSettle", save, { once: true });
  });

  // Files can be dropped on the field.
  const field = (event) => event.target.closest?.("[data-drop]");
  ["dragover", "dragleave", "drop"].forEach((name) => {
    document.addEventListener(name, (event) => {
      const zone = field(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  document.addEventListener("change", (event) => {
    const zone = field(event);
    if (!zone || event.target.type !== "file") return;
    zone.querySelector("[data-name]").textContent = event.target.files[0]?.name ?? "";
  });

  // A decision: only the reasons that belong to it, and a way that is chosen from the table.
  const suit = (form) => {
    const what = form.querySelector("[name=what]:checked")?.parentElement.querySelector("b");
    form.querySelectorAll("[name=reason] optgroup").forEach((group) => {
      group.hidden = !!what && !what.textContent.toLowerCase().startsWith(group.label.slice(4));
      group.disabled = group.hidden;
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.name === "what") suit(event.target.form);
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-way]");
    const form = way && document.querySelector("[data-decide]");
    if (!form) return;
    event.preventDefault();
    form.querySelector("[name=what][value=CHANGE]").checked = true;
    form.elements.way.value = way.dataset.way;
    suit(form);
    document.querySelector(way.hash).scrollIntoView();
    form.elements.way.focus({ preventScroll: true });
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-decide]").forEach(suit));
  // Lines of the same kind: there is always an empty one, up to the most there may be.
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-grow]");
    if (!box) return;
    const lines = [...box.querySelectorAll("input")];
    if (lines.length >= Number(box.dataset.grow) || lines.some((line) => !line.value)) return;
    const last = lines[lines.length - 1];
    const next = last.cloneNode();
    next.removeAttribute("value");
    next.value = "";
    next.removeAttribute("aria-invalid");
    const count = lines.length + 1;
    next.id = last.id.replace(/\d+$/, count);
    next.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+$/, count));
    box.append(next);
  });

  // What was typed or chosen before these files and htmx listened, or came back with the page, is
  // told once they do: the page answers what stands in its fields.
  const isPicked = (field) => {
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.selectedOptions[0] !== first;
  };
  const isOther = (field) => {
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "select-one") return isPicked(field);
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  };
  const catchUp = () => {
    [...document.querySelectorAll("input, select, textarea")].filter(isOther).forEach((field) => {
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  // htmx tells this first of the whole page, when it listens.
  document.addEventListener("htmx:load", catchUp, { once: true });

  // After a faulty form the summary takes the focus, so that a screen reader starts there.
  addEventListener("pageshow", () => document.querySelector(".errors[tabindex]")?.focus());
})();
