// The board of what-ifs: slider and number are one; what is changed gets a lamp edge at once.
(() => {
  "use strict";
  const show = (item, number) => {
    const more = Number(number.value || item.dataset.now) - Number(item.dataset.now);
    item.classList.toggle("chg", more !== 0);
    item.querySelector("[data-more]").textContent = more ? `${more > 0 ? "+" : "−"}${Math.abs(more)}` : "";
  };
  // While it is caught on its way down, before htmx asks.
  document.addEventListener("input", (event) => {
    const item = event.target.closest("[data-lever]");
    if (!item) return;
    const number = item.querySelector("[type=number]");
    const range = item.querySelector("[type=range]");
    if (event.target === range) number.value = range.value;
    else range.value = number.value;
    number.form.elements.van.value = number.name;
    show(item, number);
  }, true);
  // The search for a job asks for itself; the board has not changed.
  document.querySelectorAll("[data-alone]").forEach((field) => {
    field.addEventListener("input", (event) => event.stopPropagation());
  });
})();
