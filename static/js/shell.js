/* The shell: keys, menus, dialogs, focus, double posts. Everything here is a help on top of pages
   that work without it. Nothing about a person is ever stored in the browser. */
(function () {
  "use strict";

  var root = document.documentElement;
  root.classList.add("js");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function isTyping(element) {
    return Boolean(element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)));
  }

  function announce(text) {
    var place = document.getElementById("announcer");
    if (place) {
      place.textContent = "";
      window.setTimeout(function () { place.textContent = text; }, 50);
    }
  }

  function focusOn(element) {
    if (!element) { return; }
    if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) {
      element.setAttribute("tabindex", "-1");
    }
    element.focus();
  }

  /* --- keys: / search, ? the keys, g then a letter, j and k in lists ------------------------------ */
  var waitingForPlace = 0;

  function openKeys() {
    var keys = document.getElementById("keys");
    if (keys && !keys.open) { keys.showModal(); }
  }

  function goTo(letter) {
    var link = document.querySelector('#sidenav a[data-key="' + window.CSS.escape(letter) + '"]');
    if (link) { link.click(); }
    return Boolean(link);
  }

  function moveRow(step) {
    var rows = all("main .ei-table tbody tr, main .ei-queue li").filter(function (row) {
      return row.querySelector("a[href], button") && row.offsetParent !== null;
    });
    if (!rows.length) { return false; }
    var here = rows.findIndex(function (row) { return row.contains(document.activeElement); });
    var next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
    if (here === -1) { next = step > 0 ? rows[0] : rows[rows.length - 1]; }
    next.querySelector("a[href], button").focus();
    return true;
  }

  // Arrows move between rows only from a row: everywhere else they scroll, and read.
  function isInRow(element) {
    return Boolean(element.closest("main .ei-table tbody tr, main .ei-queue li"));
  }

  // A key of the page itself: to its button, or through its link. Never presses a button.
  function takeShortcut(key) {
    var target = /^[a-z]$/.test(key) && document.querySelector('main [data-shortcut="' + key + '"]');
    if (target && target.matches("a")) { target.click(); } else if (target) { target.focus(); }
    return Boolean(target);
  }

  // Keys of one letter can be turned off (WCAG 2.1.4). The choice is the browser's, and no more than that.
  function keysAreOn() {
    try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; }
  }
  all("[data-use-keys]").forEach(function (box) { box.checked = keysAreOn(); });
  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-use-keys]")) { return; }
    try { window.localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch { /* private mode: on */ }
  });

  document.addEventListener("keydown", function (event) {
    if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    var used = true;
    if (Date.now() < waitingForPlace && event.key.length === 1) {
      used = goTo(event.key.toLowerCase());
      waitingForPlace = 0;
    } else if (event.key === "/") {
      var search = document.getElementById("shell-search");
      used = Boolean(search);
      if (search) { search.focus(); search.select(); }
    } else if (event.key === "?") {
      openKeys();
    } else if (event.key === "g") {
      waitingForPlace = Date.now() + 1500;
    } else if (event.key === "j" || event.key === "k") {
      used = moveRow(event.key === "j" ? 1 : -1);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && isInRow(event.target)) {
      used = moveRow(event.key === "ArrowDown" ? 1 : -1);
    } else {
      used = takeShortcut(event.key);
    }
    if (used) { event.preventDefault(); }
  });

  /* --- clicks: dialogs, print, date picker --------------------------------------------------------- */
  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-dialog]");
    var dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-print]")) { window.print(); }
    if (event.target.closest("[data-keys]")) { openKeys(); }
    var picker = event.target.closest("[data-pick]");
    if (picker) {
      var calendar = picker.parentElement.querySelector("input[type=date]");
      if (calendar && calendar.showPicker) { calendar.showPicker(); }
    }
    all("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
    var jump = event.target.closest(".ei-errors a[href^='#']");
    if (jump) {
      var field = document.getElementById(jump.getAttribute("href").slice(1));
      if (field) {
        event.preventDefault();
        field.focus();
        (field.closest(".ei-field") || field).scrollIntoView({ block: "center" });
      }
    }
  });

  document.addEventListener("keyup", function (event) {
    if (event.key !== "Escape") { return; }
    all("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("input[type=date][data-picks]")) {
      var field = document.getElementById(event.target.dataset.picks);
      field.value = event.target.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    }
    var form = event.target.form;
    if (form) { showWhatApplies(form); }
  });

  /* --- parts that apply only to some answers: data-show-if="field=value,other" ------------------------ */
  function answersOf(form, name) {
    return Array.prototype.filter.call(form.elements, function (element) {
      return element.name === name && (!/^(radio|checkbox)$/.test(element.type) || element.checked);
    }).map(function (element) { return element.value; });
  }

  function showWhatApplies(form) {
    all("[data-show-if]", form).forEach(function (part) {
      var rule = part.dataset.showIf.split("=");
      var wanted = rule[1].split(",");
      var hidden = !answersOf(form, rule[0]).some(function (answer) { return wanted.indexOf(answer) !== -1; });
      part.hidden = hidden && !part.querySelector(".is-invalid");
    });
  }

  /* --- forms: one post per press, no lost text ------------------------------------------------------- */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    delete form.dataset.changed;
    if (event.submitter && !form.hasAttribute("hx-post")) { event.submitter.setAttribute("aria-busy", "true"); }
  });

  function letSendAgain() {
    all("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    all("[aria-busy=true]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  }
  window.addEventListener("pageshow", letSendAgain);

  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard]");
    if (form) { form.dataset.changed = "1"; }
  });
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-guard][data-changed]")) { event.preventDefault(); }
  });

  /* --- htmx: token, errors, focus ------------------------------------------------------------------- */
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) { event.detail.headers["X-CSRFToken"] = token.value; }
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    // A session that ended answers with the login page: show it whole, not inside a panel.
    if (event.detail.xhr.responseURL && /\/konto\/logga-in\//.test(event.detail.xhr.responseURL)) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form[data-sent]");
    if (form) { delete form.dataset.sent; }
  });

  function sayItFailed() {
    var place = document.getElementById("announcer");
    var box = document.getElementById("failed");
    if (box) { box.hidden = false; }
    if (place) { announce(place.dataset.failed || ""); }
  }
  document.addEventListener("htmx:responseError", sayItFailed);
  document.addEventListener("htmx:sendError", sayItFailed);

  document.addEventListener("htmx:afterSettle", function (event) {
    var target = document.getElementById(event.detail.target && event.detail.target.id) || event.detail.target;
    prepare(target);
    var asked = target && (target.matches("[data-focus]") ? target : target.querySelector("[data-focus]"));
    if (asked) {
      focusOn(asked);
    } else if (document.activeElement === document.body && target) {
      focusOn(target);
    }
    var told = target && target.querySelector("[data-announce]");
    if (told) { announce(told.textContent.trim()); }
  });

  /* --- start ------------------------------------------------------------------------------------------ */
  function prepare(within) {
    if (!within || !within.querySelectorAll) { return; }
    all("form", within).forEach(showWhatApplies);
    var own = within.closest && within.closest("form");
    if (own) { showWhatApplies(own); }
  }

  prepare(document);
  focusOn(document.querySelector("[data-focus]"));
  var tab = document.querySelector(".ei-tabs a[aria-current]");
  if (tab) {
    var there = tab.getBoundingClientRect();
    var row = tab.parentElement.getBoundingClientRect();
    if (there.right > row.right) { tab.parentElement.scrollLeft += there.left - row.left - 24; }
  }
})();
