// Narrows a table to the rows of a group, and lets the first click on a heading of names sort from A on.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var heading = event.target.closest("thead th.text");
    if (heading && !heading.hasAttribute("aria-sort")) heading.setAttribute("aria-sort", "descending");
  }, true);
  document.querySelectorAll(".tools").forEach(function (tools) {
    var select = tools.querySelector("select");
    tools.hidden = false;
    if (!select) return;
    function narrow() {
      var rows = document.querySelectorAll("#rows tbody tr"), shown = 0;
      rows.forEach(function (row) {
        var is_in = !select.value || row.dataset.groups.split(" ").includes(select.value);
        row.classList.toggle("out", !is_in);
        shown += is_in;
      });
      tools.querySelector("output").textContent = shown + "/" + rows.length;
    }
    select.addEventListener("change", narrow);
    narrow();
  });
})();
