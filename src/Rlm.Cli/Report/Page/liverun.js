"use strict";
document.getElementById("up").hidden = false;
listen(({ data, calls }) => report.update(data, calls));
