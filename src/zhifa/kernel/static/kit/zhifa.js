// What the pages do besides: nothing that a page needs in order to work.
(() => {
  "use strict";
  const beside = () => document.getElementById("beside");
  let opener = null;

  function closeBeside() {
    const panel = beside();
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-print],[data-close-beside],[data-back]");
    if (!target) return;
    event.preventDefault();
    if (target.hasAttribute("data-print")) window.print();
    else if (target.hasAttribute("data-back")) window.history.back();
    else closeBeside();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeBeside();
      document.querySelectorAll("details.menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
    const typing = event.target.closest("input,textarea,select,[contenteditable]");
    const asked = (event.key === "/" && !typing) || (event.key === "k" && (event.metaKey || event.ctrlKey));
    const search = document.getElementById("search-all");
    if (asked && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  document.addEventListener("focusin", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // An article opens beside the text; without htmx the same link leads to its page.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target && event.detail.target.id === "beside-body") opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "beside-body") {
      beside().hidden = false;
      beside().focus();
    }
    if (event.detail.target.id === "refusal") event.detail.target.focus();
  });

  // A form that was sent says so, and is not sent twice by an impatient hand.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.hasAttribute("data-sent")) return event.preventDefault();
    event.target.setAttribute("data-sent", "");
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
    document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest ? event.detail.elt.closest("form") : null;
    if (form) form.removeAttribute("data-sent");
  });
})();
