// The service's own description, drawn by Swagger UI without any other host.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });
