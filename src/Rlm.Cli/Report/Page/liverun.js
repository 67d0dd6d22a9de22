"use strict";
document.getElementById("up").href = location.pathname.replace(/\/[^/]*$/, "");
document.getElementById("up").hidden = false;
listen(({ data, calls }) => report.update(data, calls));
