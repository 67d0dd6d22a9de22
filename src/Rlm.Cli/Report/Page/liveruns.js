"use strict";
listen(list => runs.update(list));
