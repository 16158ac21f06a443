/* The tablet at the door: nothing that a visitor typed or got stays for the next one. Every touch
   gives the full time again. Without this script there is a button that begins anew. */
(function () {
  "use strict";

  var answer = document.querySelector("[data-return]");
  var form = document.querySelector("form[data-clear-seconds]");
  if (!answer && !form) { return; }

  var seconds = Number(answer ? answer.dataset.returnSeconds : form.dataset.clearSeconds);
  var address = answer ? answer.dataset.return : window.location.pathname;
  var timer = 0;

  function wait() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { window.location.replace(address); }, seconds * 1000);
  }
  ["pointerdown", "keydown", "input", "scroll"].forEach(function (kind) {
    document.addEventListener(kind, wait, { passive: true });
  });
  if (answer || document.querySelector(".is-invalid")) { wait(); }

  if (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); }
      form.dataset.sent = "1";
    });
    window.addEventListener("pageshow", function (event) {
      delete form.dataset.sent;
      if (event.persisted) { form.reset(); }
    });
  }
})();
