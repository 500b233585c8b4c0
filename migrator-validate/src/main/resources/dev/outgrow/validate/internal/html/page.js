"use strict";
// Tables are whole without this script; with it they can be sorted and searched, and long ones begin short.
(function () {
  var FIRST = 300;
  document.querySelectorAll("table").forEach(function (table, index) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var texts = null;
    var all = rows.length <= FIRST;
    var wanted = "";
    var status = null;
    var more = null;

    function show() {
      var shown = 0, found = 0;
      if (wanted && !texts) {
        texts = new Map(rows.map(function (row) { return [row, row.textContent.toLowerCase()]; }));
      }
      rows.forEach(function (row) {
        var fits = !wanted || texts.get(row).indexOf(wanted) >= 0;
        found += fits ? 1 : 0;
        var visible = fits && (all || shown < FIRST);
        shown += visible ? 1 : 0;
        if (row.hidden === visible) {
          row.hidden = !visible;
        }
      });
      if (status) {
        status.textContent = (shown < found ? shown + " of " : "") + found + (found === 1 ? " row" : " rows");
        more.hidden = shown === found;
      }
    }

    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var collator = new Intl.Collator("en", { numeric: true });
        var keys = new Map(rows.map(function (row) {
          var cell = row.cells[column];
          return [row, cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v)];
        }));
        rows.sort(function (a, b) {
          var x = keys.get(a), y = keys.get(b);
          var order = typeof x === "number" ? x - y : collator.compare(x, y);
          return down ? -order : order;
        });
        var sorted = document.createDocumentFragment();
        rows.forEach(function (row) { sorted.appendChild(row); });
        body.appendChild(sorted);
        show();
      });
    });

    if (table.classList.contains("searched")) {
      var line = document.createElement("div");
      line.className = "search";
      var label = document.createElement("label");
      label.textContent = "Search ";
      label.htmlFor = "search" + index;
      var input = document.createElement("input");
      input.type = "search";
      input.id = "search" + index;
      input.autocomplete = "off";
      status = document.createElement("span");
      status.setAttribute("role", "status");
      more = document.createElement("button");
      more.type = "button";
      more.textContent = "Show all rows";
      more.addEventListener("click", function () { all = true; show(); });
      input.addEventListener("input", function () { wanted = input.value.trim().toLowerCase(); show(); });
      line.append(label, input, status, more);
      table.parentElement.before(line);
    }
    show();
    window.addEventListener("beforeprint", function () { rows.forEach(function (row) { row.hidden = false; }); });
    window.addEventListener("afterprint", show);
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (each) { each.open = true; });
  });
})();
