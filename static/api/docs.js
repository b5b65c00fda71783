// Draws the reference from the schema the site itself serves; asks nobody else.
"use strict";

const place = document.getElementById("reference");
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 1,
  docExpansion: "list",
});
