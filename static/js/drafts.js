/* Saved while one types. A form with data-draft posts itself to its own address when the typing
   pauses; the server keeps the text, and the page begins with it when it is opened again. Nothing is
   kept in the browser. Without this script the buttons save. */
(function () {
  "use strict";

  var PAUSE = 1200, AGAIN = 15000;

  function start(form) {
    var box = form.querySelector("[data-draft-box]");
    var line = box && box.querySelector("[data-draft-line]");
    if (!line) { return; }
    var mine = box.querySelector("[data-draft-mine]");
    var login = box.querySelector("[data-draft-login]");
    var address = form.getAttribute("action") || window.location.href;
    var known = form.dataset.draft || "0";
    var timer = 0, running = null, dirty = false, passing = false, conflict = false;

    function say(text, isProblem) {
      if (line.textContent !== text) { line.textContent = text; }
      box.classList.toggle("is-problem", Boolean(isProblem));
    }

    function later(milliseconds) {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { save(); }, milliseconds);
    }

    function loggedOut(response) { return response.redirected && /\/konto\/logga-in\//.test(response.url); }

    /* A login in another tab changes the token of the forms: fetch the page again for the new one. */
    function renewToken() {
      return window.fetch(window.location.href, { credentials: "same-origin" }).then(function (response) {
        if (!response.ok || loggedOut(response)) { return false; }
        return response.text().then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main input[name=csrfmiddlewaretoken], input[name=csrfmiddlewaretoken]");
          if (!fresh) { return false; }
          document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = fresh.value; });
          return true;
        });
      });
    }

    function post(as) {
      return window.fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-Draft": as } });
    }

    function read(response) {
      var isJson = /json/.test(response.headers.get("Content-Type") || "");
      if (loggedOut(response) || !isJson) { return { state: loggedOut(response) ? "out" : "failed" }; }
      return response.json().then(function (said) {
        if (response.ok) { return { state: "saved", said: said }; }
        return { state: response.status === 409 ? "conflict" : "refused", said: said };
      });
    }

    function show(result) {
      login.hidden = result.state !== "out";
      conflict = result.state === "conflict";
      mine.hidden = !conflict;
      if (result.state === "saved") {
        known = String(result.said.edit);
        say(result.said.text);
        if (!dirty) { delete form.dataset.changed; }
      } else if (result.said) {
        say(result.said.text, true);
      } else {
        dirty = true;
        say(result.state === "out" ? line.dataset.out : line.dataset.failed, true);
        later(AGAIN);
      }
      return result.state;
    }

    /* Resolves to: saved, conflict, refused, out or failed. */
    function save(as) {
      window.clearTimeout(timer);
      if (running) { return running.then(function (state) { return dirty ? save(as) : state; }); }
      dirty = false;
      running = post(as || known).then(function (response) {
        if (response.status !== 403) { return read(response); }
        return renewToken().then(function (isRenewed) {
          return isRenewed ? post(as || known).then(read) : { state: "out" };
        });
      }).catch(function () { return { state: "failed" }; }).then(function (result) {
        running = null;
        return show(result);
      });
      return running;
    }

    function typed(event) {
      if (event.target.type === "hidden") { return; }
      dirty = true;
      if (conflict) { return; }
      if (!box.classList.contains("is-problem")) { say(line.dataset.waiting); }
      later(PAUSE);
    }
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);

    mine.addEventListener("click", function () {
      save("mine").then(function () { line.focus(); });
    });

    /* Sending keeps the text first: a login that has ended must not take it. */
    form.addEventListener("submit", function (event) {
      if (passing || (!dirty && !running)) { return; }
      var button = event.submitter;
      event.preventDefault();
      save(conflict ? "mine" : "").then(function (state) {
        if (state === "out" || state === "failed") {
          line.focus();
        } else {
          passing = true;
          form.requestSubmit(button);
        }
      });
    });
    window.addEventListener("pageshow", function () { passing = false; });

    /* The page goes away in the middle of a word. */
    window.addEventListener("pagehide", function () {
      if (dirty && !conflict && !passing) {
        window.fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true, headers: { "X-Draft": known } });
      }
    });
  }

  document.querySelectorAll("form[data-draft]").forEach(start);
})();
