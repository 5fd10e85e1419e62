// "validatorUrl" is null so that the page calls no foreign host
SwaggerUIBundle({url: 'openapi', dom_id: '#description', deepLinking: true, validatorUrl: null});
