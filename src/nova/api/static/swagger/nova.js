// Opens the API's own description; served as a file because the content security policy allows no inline script.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null, persistAuthorization: false });
});
