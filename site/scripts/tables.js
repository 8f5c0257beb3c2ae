/* A name for the search dialog. Tables that sort: the head cells become buttons; the order is told by aria-sort. Without this script the tables are just tables. */
(function () {
  "use strict";
  function value(row, column) {
    var text = row.cells[column].textContent.trim();
    var number = parseFloat(text.replace(/[%+,]/g, ""));
    return isNaN(number) ? (text === "—" ? -Infinity : text) : number;
  }
  function sort(table, head, column) {
    var descending = head.getAttribute("aria-sort") !== "descending";
    var sign = descending ? -1 : 1;
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows).map(function (row, place) {
      return { row: row, place: place, value: value(row, column) };
    });
    rows.sort(function (a, b) {
      if (typeof a.value === "string" || typeof b.value === "string") {
        return sign * String(a.value).localeCompare(String(b.value), "zh") || a.place - b.place;
      }
      return sign * (a.value - b.value) || a.place - b.place;
    });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      if (cell.hasAttribute("aria-sort")) { cell.setAttribute("aria-sort", "none"); }
    });
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }
  var search = document.querySelector(".md-search[role=dialog]");
  if (search) { search.setAttribute("aria-label", "搜索"); }
  document.querySelectorAll("table.zb-sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (!head.dataset.sort) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "zb-sort";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () { sort(table, head, column); });
    });
  });
})();
