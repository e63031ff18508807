// A security key: the files of the library ask for it, this one says how it goes. The last file of
// its page, also of the entrance, where nothing else of ours runs.
(() => {
  "use strict";

  // Its buttons wait until the library listens: pressed before, they did nothing.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-asks-key]").forEach((button) => {
      button.disabled = false;
    });
  });

  // Enter behind the name of a key asks for the key, as the button does.
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[data-asks-key]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // A key that did not answer.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("key-failed").hidden = false;
  });
})();
